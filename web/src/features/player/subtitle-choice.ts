/** Which subtitles are shown in a film, from what was chosen in it and in others. */

import type { SubtitleTrack } from '@/api/video-parts';
import { sameLanguage } from '@/lib/languages';

/** What somebody chose in an earlier film. */
export type SubtitleWish =
  | { kind: 'none' }
  | { kind: 'off' }
  | { kind: 'language'; language: string | null; label: string };

/** A choice in this film: a track, or none of them. */
export const OFF = 'off';

type Choosable = Pick<SubtitleTrack, 'id' | 'label' | 'language' | 'forced'>;

export function shownTrack<Track extends Choosable>(
  tracks: readonly Track[],
  chosen: string | undefined,
  wish: SubtitleWish,
  soundLanguage: string | null,
): Track | null {
  if (chosen === OFF) return null;
  return tracks.find(({ id }) => id === chosen) ?? wished(tracks, wish) ?? needed(tracks, soundLanguage) ?? null;
}

function wished<Track extends Choosable>(tracks: readonly Track[], wish: SubtitleWish): Track | undefined {
  if (wish.kind !== 'language') return undefined;
  const spoken = tracks.filter(({ language, forced }) => !forced && sameLanguage(language, wish.language));
  return spoken.find(({ label }) => label === wish.label) ?? spoken[0];
}

/** Signs, and speech in another language, for those who hear the film in this one: without them something is missing. */
function needed<Track extends Choosable>(tracks: readonly Track[], soundLanguage: string | null): Track | undefined {
  return tracks.find(({ language, forced }) => forced && sameLanguage(language, soundLanguage));
}
