import { useQuery } from '@tanstack/react-query';
import { signedText } from '@/api/signed-text';
import { partsOf } from '@/api/video-parts';
import { useRoom } from '@/connection';
import { parseSeekPictures, type SeekPicture } from './seek-pictures';

const NONE: readonly SeekPicture[] = [];

/** The pictures of the room's film, fetched when they are first looked for; none while they are not made. */
export function useSeekPictures(): { pictures: readonly SeekPicture[]; renew: () => void } {
  const film = useRoom(({ video }) => video?.id ?? null);
  const room = useRoom(({ code }) => code);
  const address = useRoom(({ video }) => (video ? partsOf(video).thumbnailsUrl : null));
  const { data, refetch } = useQuery({
    queryKey: ['seek-pictures', film, address !== null],
    queryFn: async () => {
      if (film === null || address === null) return [];
      const found = await signedText(address, film, room, (video) => partsOf(video).thumbnailsUrl);
      return parseSeekPictures(found.text, new URL(found.address, location.href).href);
    },
    enabled: film !== null && address !== null,
    staleTime: Number.POSITIVE_INFINITY,
    // They are a comfort; the time alone does as well.
    retry: false,
  });
  return { pictures: data ?? NONE, renew: () => void refetch() };
}
