import { useQuery } from '@tanstack/react-query';
import type { VideoId, VideoView } from '@/api/generated/protocol';
import { ownVideo } from '@/api/videos';
import { useRoom } from '@/connection';

/** What the server tells whoever brought a film, and nobody else; nothing until it has answered. */
export function useOwnFilm(videoId: VideoId, wanted: boolean): VideoView | null {
  const room = useRoom(({ code }) => code);
  const { data } = useQuery({
    queryKey: ['videos', 'own', videoId],
    queryFn: () => ownVideo(videoId, room),
    enabled: wanted,
  });
  return data ?? null;
}
