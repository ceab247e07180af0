import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { VideoId } from '@/api/generated/protocol';
import { useSession } from '@/connection';
import { toast } from '@/ui/toast-store';

/** A film for the room: on at once while there is none, else next in the queue. */
export function useBringFilm(): (videoId: VideoId, title?: string) => void {
  const session = useSession();
  const { t } = useTranslation();
  return useCallback(
    (videoId, title) => {
      const { room } = session.store.getState();
      // An upload that is taken up again brings the same film again.
      if (room === null || room.video?.id === videoId) return;
      if (room.queue.some((item) => item.videoId === videoId)) return;
      if (room.video === null || room.video.status === 'failed') {
        session.watch(videoId);
        return;
      }
      session.request({ type: 'queue:add', videoId });
      if (title !== undefined) toast({ text: t('room.queue.added', { title }) });
    },
    [session, t],
  );
}
