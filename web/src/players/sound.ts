/** The sound tracks of a film, of which each viewer hears his own (SRC-6). */

import { sameLanguage } from '@/lib/languages';

/** One track to choose; `id` is the player's own. */
export type SoundTrack = { id: number; label: string; language: string | null };

export type SoundTracks = { available: readonly SoundTrack[]; playing: number | null };

/** What somebody chose in an earlier film. */
export type SoundWish = { label: string; language: string | null };

export const NO_SOUND_TRACKS: SoundTracks = { available: [], playing: null };

/** The track that comes nearest to a wish: a commentary for a commentary, else the language; nothing when it has neither. */
export function wishedTrack(tracks: readonly SoundTrack[], wish: SoundWish | null): SoundTrack | null {
  if (wish === null) return null;
  const spoken = tracks.filter(({ language }) => sameLanguage(language, wish.language));
  return spoken.find(({ label }) => label === wish.label) ?? spoken[0] ?? null;
}
