/**
 * What happened to this page's player lately (WEB-6): noted always, so that it is there when somebody wants to know why it
 * stuttered, and read only while somebody looks. Noting is pushing a value into a ring; nobody is told of it.
 */

import type { CommandKind, MediaTime, PlayerState } from '@/api/generated/protocol';
import type { FrameCounts, Load } from '@/players';
import type { LocalTime, PlayerAction } from '@/sync';
import { Ring } from './ring';

/** How the player stood when it was decided about. */
export type Sample = {
  at: LocalTime;
  state: PlayerState;
  /** The picture's distance from where it should be, positive when ahead. */
  driftMs: number | null;
  positionMs: MediaTime;
  /** Where the film should be. */
  targetMs: MediaTime;
  /** What the player runs at. */
  rate: number;
  /** Film ahead of the position that is already there. */
  bufferedMs: number;
  roundTripMs: number | null;
  frames: FrameCounts | null;
};

/** Something that was done to the player to keep it in step. */
export type Correction = { at: LocalTime } & Exclude<PlayerAction, { kind: 'disturb' }>;

/** Something that was done to the film, for everybody. */
export type Command = { at: LocalTime; kind: CommandKind; sequenceNumber: number };

/** Something that did not work, by the code that people's messages have too; of the page's own errors no more than their kind. */
export type Trouble = { at: LocalTime; source: 'room' | 'connection' | 'player' | 'page'; code: string };

export type Records = {
  samples: readonly Sample[];
  corrections: readonly Correction[];
  commands: readonly Command[];
  /** When the connection came back after a loss. */
  reconnects: readonly LocalTime[];
  /** Pieces of the film that were fetched. */
  loads: readonly Load[];
  troubles: readonly Trouble[];
};

const KEPT = 1_000;

const samples = new Ring<Sample>(KEPT);
const corrections = new Ring<Correction>(KEPT);
const commands = new Ring<Command>(KEPT);
const reconnects = new Ring<LocalTime>(KEPT);
const loads = new Ring<Load>(KEPT);
const troubles = new Ring<Trouble>(KEPT);

export const noteSample = (sample: Sample): void => samples.push(sample);
export const noteCorrection = (correction: Correction): void => corrections.push(correction);
export const noteCommand = (command: Command): void => commands.push(command);
export const noteReconnect = (at: LocalTime): void => reconnects.push(at);
export const noteLoad = (load: Load): void => loads.push(load);
export const noteTrouble = (trouble: Trouble): void => troubles.push(trouble);

export function readRecords(): Records {
  return {
    samples: samples.toArray(),
    corrections: corrections.toArray(),
    commands: commands.toArray(),
    reconnects: reconnects.toArray(),
    loads: loads.toArray(),
    troubles: troubles.toArray(),
  };
}

/** Another room: what was noted was about the last one. */
export function clearRecords(): void {
  for (const ring of [samples, corrections, commands, reconnects, loads, troubles]) ring.clear();
}
