import { useMutation } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { problemMessage } from '@/api/problem';
import { deleteVideo } from '@/api/videos';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FieldNote } from '@/ui/FieldNote';
import { toast } from '@/ui/toast-store';
import type { FilmDialogProps } from './RenameFilm';

/** A question before, because nothing brings a deleted film back. */
export function DeleteFilm({ film, onClose, onChanged }: FilmDialogProps) {
  const { t } = useTranslation();
  const remove = useMutation({
    mutationFn: () => deleteVideo(film.id),
    onSuccess: () => {
      toast({ text: t('uploads.films.deleted') });
      onChanged();
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('uploads.films.deleteTitle')}
      description={t('uploads.films.deleteText', { title: film.title })}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button
            variant="danger"
            busy={remove.isPending}
            icon={<Trash2 size={18} aria-hidden="true" />}
            onClick={() => remove.mutate()}
          >
            {t('uploads.films.delete')}
          </Button>
        </>
      }
    >
      {remove.error ? (
        <FieldNote id="delete-problem" tone="error">
          {problemMessage(remove.error)}
        </FieldNote>
      ) : null}
    </Dialog>
  );
}
