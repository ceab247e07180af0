/**
 * What the room needs of a player, whatever plays (one adapter for each kind of source behind it).
 *
 * A player does as it is told and tells what it sees. It decides nothing about when: that is `sync`'s.
 */

import type { LinkKind, MediaTime } from '@/api/generated/protocol';
import type { LocalTime, PlayerCapabilities, PlayerView, PresentedFrame } from '@/sync';
import type { Adapter } from './capabilities';
import type { SoundTracks, SoundWish } from './sound';

/** One quality to choose; `id` is the player's own. */
export type Quality = { id: number; height: number; bitrate: number };

export type QualityChoice = { kind: 'auto' } | { kind: 'fixed'; id: number };

export type Qualities = { available: readonly Quality[]; choice: QualityChoice; playing: number | null };

/** Whether the browser lets it be heard and started (WEB-3). */
export type Autoplay = 'free' | 'muted' | 'blocked';

/** Why a film cannot go on by itself. */
export type PlayerTrouble = 'network' | 'link_expired' | 'media' | 'unsupported';

/** A piece of the film that was fetched, and how long that took. */
export type Load = { from: LocalTime; to: LocalTime; bytes: number };

/** Frames since the film was opened: all that were due, and those of them that nobody saw. */
export type FrameCounts = { due: number; dropped: number };

export type PlayerEvent =
  | { kind: 'frame'; frame: PresentedFrame }
  /** Something in its view, its buffer, its qualities or its sound is different. */
  | { kind: 'change' }
  | { kind: 'loaded'; load: Load }
  | { kind: 'autoplay'; autoplay: Autoplay }
  | { kind: 'trouble'; trouble: PlayerTrouble | null };

export type PlayerListener = (event: PlayerEvent) => void;

export interface Player {
  readonly adapter: Adapter;
  readonly capabilities: PlayerCapabilities;
  /** Knows the film well enough to be sent somewhere in it. */
  readonly loaded: boolean;
  view(): PlayerView;
  /** Unknown where the browser does not count. */
  frames(): FrameCounts | null;
  /** How far the film is made, where that is less than all of it. */
  madeUntilMs(): MediaTime | null;
  play(): void;
  pause(): void;
  seek(toMs: MediaTime): void;
  setRate(rate: number): void;
  /** From a tap: allows what the browser had refused. */
  unlock(): void;
  qualities(): Qualities;
  chooseQuality(choice: QualityChoice): void;
  lowerQuality(): void;
  soundTracks(): SoundTracks;
  /** Without moving the film or stopping it, as far as the browser can. */
  chooseSound(id: number): void;
  /** After trouble: tries again from where the film is. */
  retry(): void;
  /** There may be qualities that were not there at the beginning. */
  refresh(): void;
  subscribe(listener: PlayerListener): () => void;
  destroy(): void;
}

/** How a film is opened. */
export type Opening = {
  /** Near the place where it will be needed first. */
  startAtMs: MediaTime;
  /** The sound that this person would rather have, if the film has it. */
  sound: SoundWish | null;
  /** Heights of the qualities that can be watched at the moment of asking; the playlist may name more. */
  watchable: () => readonly number[];
};

/** Where a film's playlist or file is. Addresses are signed and expire, so they are asked for again. */
export interface ManifestSource {
  readonly kind: LinkKind;
  /** The present address and the moment (`Date.now()` milliseconds) it expires. */
  fetch(): Promise<{ url: string; expiresAtMs: number }>;
}
