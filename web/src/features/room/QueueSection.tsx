import { ArrowUp, Play, X } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueItem } from '@/api/generated/protocol';
import { can, useRoom, useSession } from '@/connection';
import { UploadDrop, UploadRow, useUploads } from '@/features/uploads';
import { IconButton } from '@/ui/IconButton';
import { useBringFilm } from './use-bring-film';

/** What comes after this film (ROOM-7). Films dropped on the window while one is on go here. */
export function QueueSection() {
  const { t } = useTranslation();
  const titleId = useId();
  const queue = useRoom((room) => room.queue);
  const code = useRoom((room) => room.code);
  const current = useRoom((room) => room.video?.id);
  const mayBring = useRoom((room, { me }) => can.control(room, me).allowed);
  const bring = useBringFilm();
  const uploads = useUploads().filter(
    ({ room, state, videoId }) => room === code && state.kind !== 'done' && videoId !== current,
  );
  if (!mayBring && queue.length === 0) return null;
  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-1 border-line border-t px-4 py-3">
      <header className="flex items-center justify-between gap-3">
        <h2 id={titleId} className="font-semibold text-dim text-sm">
          {t('room.queue.title')}
        </h2>
        {mayBring ? <UploadDrop room={code} onCreated={bring} roomy={false} /> : null}
      </header>
      {uploads.map((entry) => (
        <UploadRow key={entry.id} entry={entry} />
      ))}
      <ol className="flex max-h-40 flex-col overflow-y-auto">
        {queue.map((item, place) => (
          <QueueRow key={item.videoId} item={item} place={place} mayChange={mayBring} />
        ))}
      </ol>
    </section>
  );
}

function QueueRow({ item, place, mayChange }: { item: QueueItem; place: number; mayChange: boolean }) {
  const { t } = useTranslation();
  const session = useSession();
  const { videoId, title } = item;
  return (
    <li className="flex min-h-11 items-center gap-1 text-sm">
      <span className="tabular w-5 text-faint text-xs">{place + 1}</span>
      <span className="flex min-w-0 flex-1 flex-col">
        <bdi className="truncate">{title}</bdi>
        <span className="truncate text-dim text-xs">{t('room.queue.by', { name: item.addedByName })}</span>
      </span>
      {mayChange ? (
        <>
          <IconButton
            size="sm"
            label={t('room.queue.now', { title })}
            icon={<Play size={16} aria-hidden="true" />}
            onClick={() => session.watch(videoId)}
          />
          {place > 0 ? (
            <IconButton
              size="sm"
              label={t('room.queue.up', { title })}
              icon={<ArrowUp size={16} aria-hidden="true" />}
              onClick={() => session.request({ type: 'queue:move', videoId, to: place - 1 })}
            />
          ) : null}
          <IconButton
            size="sm"
            label={t('room.queue.remove', { title })}
            icon={<X size={16} aria-hidden="true" />}
            onClick={() => session.request({ type: 'queue:remove', videoId })}
          />
        </>
      ) : null}
    </li>
  );
}
