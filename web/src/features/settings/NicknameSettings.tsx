import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rememberNickname } from '@/api/room-memory';
import { useSession } from '@/api/session';
import { NicknameField, useNickname } from '@/features/nickname';
import { Button } from '@/ui/Button';
import { toast } from '@/ui/toast-store';
import { SettingsGroup } from './SettingsGroup';

/** The name that is ready in every lobby. People with an account are known by their username. */
export function NicknameSettings() {
  const { t } = useTranslation();
  const loggedIn = useSession((state) => state.session.kind === 'account');
  const nickname = useNickname();
  const [wrong, setWrong] = useState(false);
  if (loggedIn) return null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = nickname.value.trim();
    setWrong(name === '');
    if (name === '') return;
    rememberNickname(name);
    toast({ text: t('settings.nicknameSaved'), tone: 'good' });
  };
  return (
    <SettingsGroup title={t('settings.you')}>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <NicknameField
          nickname={nickname}
          hint={t('settings.nicknameHint')}
          error={wrong ? t('problems.nickname_invalid') : undefined}
        />
        <Button type="submit" className="self-start">
          {t('ui.save')}
        </Button>
      </form>
    </SettingsGroup>
  );
}
