/** How this page's own player stands. Local to the page: what the room is doing lives in the live room. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MediaTime, PlayerState } from '@/api/generated/protocol';
import { type Autoplay, NO_SOUND_TRACKS, type PlayerTrouble, type Qualities, type SoundTracks } from '@/players';
import type { BufferedRange } from '@/sync';

export type PlayerStatus = {
  /** What it does, as it is reported to the room. */
  state: PlayerState;
  driftMs: number | null;
  /** It was brought back again and again and did not stay. */
  troubled: boolean;
  autoplay: Autoplay;
  trouble: PlayerTrouble | null;
  qualities: Qualities;
  sound: SoundTracks;
  buffered: readonly BufferedRange[];
  /** How far the film is made, while that is not all of it. */
  madeUntilMs: MediaTime | null;
};

export type PlayerStore = StoreApi<PlayerStatus>;

const NO_QUALITIES: Qualities = { available: [], choice: { kind: 'auto' }, playing: null };

export const CLOSED: PlayerStatus = {
  state: 'idle',
  driftMs: null,
  troubled: false,
  autoplay: 'free',
  trouble: null,
  qualities: NO_QUALITIES,
  sound: NO_SOUND_TRACKS,
  buffered: [],
  madeUntilMs: null,
};

export function createPlayerStore(): PlayerStore {
  return createStore<PlayerStatus>(() => CLOSED);
}
