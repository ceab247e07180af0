import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VideoView } from '@/api/generated/protocol';
import { problemMessage } from '@/api/problem';
import { renameVideo } from '@/api/videos';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextField } from '@/ui/TextField';

export interface FilmDialogProps {
  film: VideoView;
  onClose: () => void;
  onChanged: () => void;
}

export function RenameFilm({ film, onClose, onChanged }: FilmDialogProps) {
  const { t } = useTranslation();
  const [title, setTitle] = useState(film.title);
  const rename = useMutation({
    mutationFn: () => renameVideo(film.id, title.trim()),
    onSuccess: () => {
      onChanged();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('uploads.films.renameTitle')}>
      <form className="flex flex-col gap-5" onSubmit={submit}>
        <TextField
          label={t('uploads.films.renameLabel')}
          value={title}
          maxLength={200}
          autoComplete="off"
          error={rename.error ? problemMessage(rename.error) : undefined}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setTitle(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button variant="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="primary" busy={rename.isPending}>
            {t('ui.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
