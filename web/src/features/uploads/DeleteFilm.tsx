import { useMutation, useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { VideoView } from '@/api/generated/protocol';
import { problemMessage } from '@/api/problem';
import { MY_ROOMS } from '@/api/rooms';
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
      <RoomsWatching film={film} />
      {remove.error ? (
        <FieldNote id="delete-problem" tone="error">
          {problemMessage(remove.error)}
        </FieldNote>
      ) : null}
    </Dialog>
  );
}

/** Open rooms that would lose the film: the server refuses until they watch something else. They are known by its title. */
function RoomsWatching({ film }: { film: VideoView }) {
  const { t } = useTranslation();
  const { data } = useQuery(MY_ROOMS);
  const rooms = (data?.items ?? []).filter(({ watching }) => watching === film.title);
  if (rooms.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 rounded-md bg-inset p-4 text-sm">
      <p>{t('uploads.films.usedBy', { count: rooms.length })}</p>
      <ul className="flex flex-wrap gap-2">
        {rooms.map(({ id, code, name }) => (
          <li key={id}>
            <Button size="sm" asChild>
              <Link to={`/r/${code}`}>
                <bdi>{name}</bdi>
              </Link>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
