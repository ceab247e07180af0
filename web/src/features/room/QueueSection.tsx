import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { hasFailed } from '@/api/has-failed';
import { can, useRoom } from '@/connection';
import { UploadDrop } from '@/features/uploads';
import { AddLink } from './AddLink';
import { QueueRow } from './QueueRow';
import { RoomUploads } from './RoomUploads';
import { useBringFilm } from './use-bring-film';

/**
 * What comes after this film (ROOM-7). Films dropped on the window while one is on go here; while there is none, the stage
 * takes them.
 */
export function QueueSection() {
  const { t } = useTranslation();
  const titleId = useId();
  const queue = useRoom((room) => room.queue);
  const code = useRoom((room) => room.code);
  const hasFilm = useRoom((room) => room.video !== null && !hasFailed(room.video));
  const mayBring = useRoom((room, { me }) => can.control(room, me).allowed);
  const bring = useBringFilm();
  const takes = hasFilm && mayBring;
  if (!takes && queue.length === 0) return null;
  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-1 border-line border-t px-4 py-3">
      <header className="flex items-center justify-between gap-3">
        <h2 id={titleId} className="font-semibold text-dim text-sm">
          {t('room.queue.title')}
        </h2>
        {takes ? (
          <UploadDrop room={code} onCreated={(videoId, former) => bring(videoId, { former })} roomy={false} />
        ) : null}
      </header>
      {hasFilm ? <RoomUploads /> : null}
      {takes ? <AddLink room={code} onAdded={({ id, title }) => bring(id, { title })} /> : null}
      <ol className="room-queue flex flex-col overflow-y-auto">
        {queue.map((item, place) => (
          <QueueRow key={item.videoId} item={item} place={place} mayChange={mayBring} />
        ))}
      </ol>
    </section>
  );
}
