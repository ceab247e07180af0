import { ArrowRight } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { parseInvite } from '@/lib/invite';
import { Button } from '@/ui/Button';
import { TextField } from '@/ui/TextField';

export function JoinByCode() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = parseInvite(text);
    if (code) void navigate(`/r/${code}`);
    else setWrong(true);
  };

  return (
    <form className="flex items-start gap-2" onSubmit={submit} noValidate>
      <TextField
        label={t('home.join.label')}
        hideLabel
        className="min-w-0 flex-1"
        placeholder={t('home.join.label')}
        value={text}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="go"
        error={wrong ? t('home.join.invalid') : undefined}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
      />
      <Button type="submit" icon={<ArrowRight size={18} aria-hidden="true" />}>
        {t('home.join.button')}
      </Button>
    </form>
  );
}
