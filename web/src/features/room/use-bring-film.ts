import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueItem, VideoId } from '@/api/generated/protocol';
import { hasFailed } from '@/api/has-failed';
import { useSession } from '@/connection';
import { toast } from '@/ui/toast-store';

export interface BroughtFilm {
  title?: string | undefined;
  /** The same file as it was brought before. Where that came to nothing, this one takes its place. */
  former?: VideoId | undefined;
}

/** A film for the room: on at once while there is none, else next in the queue. */
export function useBringFilm(): (videoId: VideoId, film?: BroughtFilm) => void {
  const session = useSession();
  const { t } = useTranslation();
  return useCallback(
    (videoId, { title, former } = {}) => {
      const { room } = session.store.getState();
      if (room === null) return;
      const replaced = room.queue.find((item) => item.videoId === former && item.videoId !== videoId);
      if (replaced && cameToNothing(replaced)) session.request({ type: 'queue:remove', videoId: replaced.videoId });
      // An upload that is taken up again brings the same film again.
      if (room.video?.id === videoId || room.queue.some((item) => item.videoId === videoId)) return;
      if (room.video === null || hasFailed(room.video)) {
        session.watch(videoId);
        return;
      }
      session.request({ type: 'queue:add', videoId });
      if (title !== undefined) toast({ text: t('room.queue.added', { title }) });
    },
    [session, t],
  );
}

/** It failed, or its bytes will never all come, as they come under another name now. */
function cameToNothing(item: QueueItem): boolean {
  return hasFailed(item) || item.status === 'uploading';
}
