import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { VideoId } from '@/api/generated/protocol';
import { subtitleText } from '@/api/subtitles';
import { partsOf, type SubtitleTrack } from '@/api/video-parts';
import { useRoom } from '@/connection';
import { parseVtt, type VttCue } from '@/lib/vtt';
import type { PlayerStore } from './player-store';
import { shownTrack } from './subtitle-choice';
import { type OwnSubtitles, useFilmSubtitles, useSubtitleWish } from './subtitle-store';

/** One that can be chosen: of the film, or this person's own. */
export type ChoosableSubtitles =
  | { kind: 'film'; id: string; label: string; language: string | null; forced: boolean; track: SubtitleTrack }
  | { kind: 'own'; id: string; label: string; language: string | null; forced: false; own: OwnSubtitles };

export type Subtitles = {
  film: VideoId | null;
  tracks: readonly ChoosableSubtitles[];
  shown: ChoosableSubtitles | null;
  cues: readonly VttCue[];
  delayMs: number;
  /** Why there is nothing to read although there should be. */
  problem: Error | null;
  retry: () => void;
};

const NO_TRACKS: readonly SubtitleTrack[] = [];
const NO_CUES: readonly VttCue[] = [];

/** The subtitles of the room's film as this person reads them. */
export function useSubtitles(status: PlayerStore): Subtitles {
  const film = useRoom(({ video }) => video?.id ?? null);
  const room = useRoom(({ code }) => code);
  const ofFilm = useRoom(({ video }) => (video ? partsOf(video).subtitles : NO_TRACKS));
  const soundLanguage = useStore(
    status,
    ({ sound }) => sound.available.find(({ id }) => id === sound.playing)?.language ?? null,
  );
  const { chosen, own, delayMs } = useFilmSubtitles(film);
  const wish = useSubtitleWish();
  const tracks = useMemo(() => [...ofFilm.map(choosable), ...own.map(choosableOwn)], [ofFilm, own]);
  const shown = shownTrack(tracks, chosen, wish, soundLanguage);
  const track = shown?.kind === 'film' ? shown.track : null;
  const file = useQuery({
    queryKey: ['subtitles', film, track?.id],
    queryFn: async () => (film && track ? parseVtt(await subtitleText(track, film, room)) : []),
    enabled: film !== null && track !== null,
    // The text of a track does not change; another one has another id.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const cues = shown?.kind === 'own' ? shown.own.cues : shown === null ? NO_CUES : (file.data ?? NO_CUES);
  const problem = track === null ? null : file.error;
  return { film, tracks, shown, cues, delayMs, problem, retry: () => void file.refetch() };
}

function choosable(track: SubtitleTrack): ChoosableSubtitles {
  const { id, label, language, forced } = track;
  return { kind: 'film', id, label, language, forced, track };
}

function choosableOwn(own: OwnSubtitles): ChoosableSubtitles {
  const { id, label, language } = own;
  return { kind: 'own', id, label, language, forced: false, own };
}
