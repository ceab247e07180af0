import { Popcorn } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { hasFailed } from '@/api/has-failed';
import { can, useRoom } from '@/connection';
import { UploadDrop } from '@/features/uploads';
import { EmptyState } from '@/ui/EmptyState';
import { AddLink } from './AddLink';
import { FilmProgress } from './FilmProgress';
import { MyFilms } from './MyFilms';
import { RoomUploads } from './RoomUploads';
import { useBringFilm } from './use-bring-film';

/** Where the film will be: a place to bring one, or how far the one that comes is. */
export function EmptyStage() {
  const { t } = useTranslation();
  const video = useRoom((room) => room.video);
  const code = useRoom((room) => room.code);
  const mayBring = useRoom((room, { me }) => can.control(room, me).allowed);
  const bring = useBringFilm();
  const coming = video !== null && !hasFailed(video);
  return (
    <div className="room-empty glass-panel flex size-full flex-col items-center justify-center overflow-y-auto rounded-lg p-5 sm:p-8">
      {video ? <FilmProgress video={video} /> : null}
      {!coming && mayBring ? (
        <div className="flex w-full max-w-xl flex-col gap-6">
          {video === null ? (
            <header className="flex flex-col gap-1 text-center">
              <h2 className="font-semibold text-xl">{t('room.empty.title')}</h2>
              <p className="text-dim text-sm">{t('room.empty.text')}</p>
            </header>
          ) : null}
          <UploadDrop room={code} onCreated={(videoId, former) => bring(videoId, { former })} />
          <RoomUploads />
          <AddLink room={code} onAdded={({ id, title }) => bring(id, { title })} />
          <MyFilms onChoose={(videoId, title) => bring(videoId, { title })} />
        </div>
      ) : null}
      {video === null && !mayBring ? (
        <EmptyState
          icon={<Popcorn size={28} aria-hidden="true" />}
          title={t('room.empty.guest')}
          text={t('room.empty.guestText')}
        />
      ) : null}
    </div>
  );
}
