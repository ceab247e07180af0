/** The subtitles that this person reads: how they look is kept by the device, what belongs to one film by the tab. */

import { z } from 'zod';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { VideoId } from '@/api/generated/protocol';
import type { VttCue } from '@/lib/vtt';
import { OFF, type SubtitleWish } from './subtitle-choice';

export const SIZES = ['small', 'normal', 'large', 'huge'] as const;
export const BACKGROUNDS = ['none', 'shade', 'solid'] as const;
export type SubtitleLook = { size: (typeof SIZES)[number]; background: (typeof BACKGROUNDS)[number] };

/** A file that somebody brought for himself. */
export type OwnSubtitles = { id: string; label: string; language: string | null; cues: readonly VttCue[] };

/** What this tab knows about the subtitles of one film. */
export type FilmSubtitles = {
  chosen: string | undefined;
  own: readonly OwnSubtitles[];
  /** So much later than written they are shown. */
  delayMs: number;
};

export type SubtitleState = {
  wish: SubtitleWish;
  look: SubtitleLook;
  films: Readonly<Record<VideoId, FilmSubtitles>>;
};

export const DELAY_STEP_MS = 100;
/** Beyond this it is the subtitles of another film. */
const MOST_DELAY_MS = 60_000;

const STORAGE_KEY = 'syncwatch.subtitles';
const stored = z.object({
  wish: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('none') }),
      z.object({ kind: z.literal('off') }),
      z.object({ kind: z.literal('language'), language: z.string().nullable(), label: z.string() }),
    ])
    .catch({ kind: 'none' }),
  look: z.object({
    size: z.enum(SIZES).catch('normal'),
    background: z.enum(BACKGROUNDS).catch('shade'),
  }),
});

const UNTOUCHED: FilmSubtitles = { chosen: undefined, own: [], delayMs: 0 };

export const subtitleStore = createStore<SubtitleState>(() => ({ ...remembered(), films: {} }));

export function useSubtitleLook(): SubtitleLook {
  return useStore(subtitleStore, ({ look }) => look);
}

export function useSubtitleWish(): SubtitleWish {
  return useStore(subtitleStore, ({ wish }) => wish);
}

export function useFilmSubtitles(film: VideoId | null): FilmSubtitles {
  return useStore(subtitleStore, ({ films }) => (film === null ? undefined : films[film]) ?? UNTOUCHED);
}

/** In this film, and wished for in the next. A file of one's own belongs to its film and says nothing about others. */
export function chooseSubtitles(film: VideoId, track: { id: string; label: string; language: string | null }): void {
  const own = filmOf(film).own.some(({ id }) => id === track.id);
  change(film, { chosen: track.id });
  if (!own) remember({ wish: { kind: 'language', language: track.language, label: track.label } });
}

export function hideSubtitles(film: VideoId): void {
  change(film, { chosen: OFF });
  remember({ wish: { kind: 'off' } });
}

export function addOwnSubtitles(film: VideoId, added: Omit<OwnSubtitles, 'id'>): void {
  const { own } = filmOf(film);
  const id = `own-${own.length + 1}`;
  change(film, { own: [...own, { ...added, id }], chosen: id, delayMs: 0 });
}

export function delaySubtitles(film: VideoId, byMs: number): void {
  const delayMs = filmOf(film).delayMs + byMs;
  change(film, { delayMs: Math.min(MOST_DELAY_MS, Math.max(-MOST_DELAY_MS, delayMs)) });
}

export function resetDelay(film: VideoId): void {
  change(film, { delayMs: 0 });
}

export function changeLook(changes: Partial<SubtitleLook>): void {
  remember({ look: { ...subtitleStore.getState().look, ...changes } });
}

function filmOf(film: VideoId): FilmSubtitles {
  return subtitleStore.getState().films[film] ?? UNTOUCHED;
}

function change(film: VideoId, changes: Partial<FilmSubtitles>): void {
  subtitleStore.setState(({ films }) => ({ films: { ...films, [film]: { ...filmOf(film), ...changes } } }));
}

function remember(changes: Partial<Pick<SubtitleState, 'wish' | 'look'>>): void {
  subtitleStore.setState(changes);
  const { wish, look } = subtitleStore.getState();
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ wish, look }));
  } catch {
    // Private windows may refuse; then it lasts as long as the tab.
  }
}

function remembered(): Pick<SubtitleState, 'wish' | 'look'> {
  try {
    return stored.parse(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}'));
  } catch {
    return { wish: { kind: 'none' }, look: { size: 'normal', background: 'shade' } };
  }
}
