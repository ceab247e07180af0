import { Link2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoomCode, VideoView } from '@/api/generated/protocol';
import { problemMessage } from '@/api/problem';
import { addLink } from '@/api/videos';
import { Button } from '@/ui/Button';
import { TextField } from '@/ui/TextField';

/** A film that lies on somebody else's server (SRC-4): looked at before the room gets it, and refused with a reason. */
export function AddLink({ room, onAdded }: { room: RoomCode; onAdded: (film: VideoView) => void }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState('');
  const [looking, setLooking] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (looking || url.trim() === '') return;
    setLooking(true);
    setRefusal(undefined);
    addLink(url.trim(), room)
      .then((film) => {
        setUrl('');
        onAdded(film);
      })
      .catch((error: unknown) => setRefusal(problemMessage(error)))
      .finally(() => setLooking(false));
  };

  return (
    <form className="flex items-start gap-2" onSubmit={submit} noValidate>
      <TextField
        label={t('room.link.label')}
        hideLabel
        className="min-w-0 flex-1"
        placeholder={t('room.link.label')}
        type="url"
        inputMode="url"
        value={url}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="go"
        error={refusal}
        onChange={(event) => {
          setUrl(event.target.value);
          setRefusal(undefined);
        }}
      />
      <Button type="submit" busy={looking} icon={<Link2 size={18} aria-hidden="true" />}>
        {t('room.link.add')}
      </Button>
    </form>
  );
}
