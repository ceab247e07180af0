import { ArrowUp, CircleAlert, Play, RotateCw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { QueueItem } from '@/api/generated/protocol';
import { hasFailed } from '@/api/has-failed';
import { orTell } from '@/api/or-tell';
import { codeMessage } from '@/api/problem';
import { retryVideo } from '@/api/videos';
import { useRoom, useSession } from '@/connection';
import { useOwnFilm } from '@/features/player';
import { cancelUpload, isOpen, isWrongFile, UploadRow, useUploadOf } from '@/features/uploads';
import { IconButton } from '@/ui/IconButton';
import { mayComeNow } from './queue-choice';

interface QueueRowProps {
  item: QueueItem;
  place: number;
  mayChange: boolean;
}

/** One film that waits: who brought it, how it stands, and what can be done about it. */
export function QueueRow({ item, place, mayChange }: QueueRowProps) {
  const session = useSession();
  const upload = useUploadOf(item.videoId);
  const { videoId, status } = item;
  const remove = () => session.request({ type: 'queue:remove', videoId });
  const number = <span className="tabular w-5 shrink-0 text-faint text-xs">{place + 1}</span>;
  // Whoever sends it knows more of it than the room does, and sees it in one place.
  if (upload && isOpen(upload) && status === 'uploading') {
    const giveUp = () => {
      remove();
      orTell(cancelUpload(upload.id));
    };
    return (
      <li className="flex items-center py-1.5 text-sm">
        {number}
        <UploadRow entry={upload} onDismiss={giveUp} />
      </li>
    );
  }
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-1 py-0.5 text-sm">
      {number}
      <QueuedFilm item={item} />
      {hasFailed(item) ? <RetryButton item={item} /> : null}
      {mayChange ? <RowControls item={item} place={place} onRemove={remove} /> : null}
      {hasFailed(item) ? <WhyFailed item={item} /> : null}
    </li>
  );
}

function QueuedFilm({ item: { title, addedByName, status, playable } }: { item: QueueItem }) {
  const { t } = useTranslation();
  const by = t('room.queue.by', { name: addedByName });
  const coming = playable || status === 'ready' || status === 'failed' ? null : t(`room.progress.${status}`);
  return (
    <span className="flex min-w-0 flex-1 flex-col">
      <bdi className="truncate">{title}</bdi>
      <span className="truncate text-dim text-xs">{coming === null ? by : `${by} · ${coming}`}</span>
    </span>
  );
}

function RowControls({ item, place, onRemove }: { item: QueueItem; place: number; onRemove: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const mayCome = useRoom((room) => mayComeNow(item, room));
  const { videoId, title } = item;
  return (
    <>
      {hasFailed(item) ? null : (
        <IconButton
          size="sm"
          label={t('room.queue.now', { title })}
          icon={<Play size={16} aria-hidden="true" />}
          disabled={!mayCome}
          onClick={() => session.watch(videoId)}
        />
      )}
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
        onClick={onRemove}
      />
    </>
  );
}

/** For whoever brought it, and where trying again can end better (TRN-6). */
function RetryButton({ item: { videoId, title } }: { item: QueueItem }) {
  const { t } = useTranslation();
  const room = useRoom(({ code }) => code);
  const film = useOwnFilm(videoId, true);
  if (film === null || isWrongFile(film.failure ?? 'unknown')) return null;
  return (
    <IconButton
      size="sm"
      label={t('room.queue.retry', { title })}
      icon={<RotateCw size={16} aria-hidden="true" />}
      onClick={() => orTell(retryVideo(videoId, room))}
    />
  );
}

/** The server tells the reason to whoever brought the film; the others learn that there is one. */
function WhyFailed({ item: { videoId } }: { item: QueueItem }) {
  const { t } = useTranslation();
  const failure = useOwnFilm(videoId, true)?.failure ?? null;
  return (
    <p className="flex w-full items-start gap-1.5 pb-1.5 pl-6 text-alert text-xs">
      <CircleAlert size={14} className="mt-px shrink-0" aria-hidden="true" />
      {failure === null ? t('room.progress.failed') : codeMessage(failure)}
    </p>
  );
}
