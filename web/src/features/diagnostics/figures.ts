/** What the overlay shows at one moment: read from where it lives, nothing of it kept. */

import type { MediaTime, PlayerState, ServerTime } from '@/api/generated/protocol';
import type { ConnectionState, RoomSession } from '@/connection';
import { bandwidthOf } from './bandwidth';
import type { Command, Records } from './diagnostics-store';

export type Figures = {
  /** Wall clock of this device, UTC. */
  localTimeMs: number;
  serverTimeMs: ServerTime | null;
  roundTripMs: number | null;
  jitterMs: number | null;
  /** Of the questions about the time: how many were asked, and how many of them nobody answered in time. */
  asked: number;
  lost: number;
  /** Bits per second, while the film was fetched. */
  bandwidthBps: number | null;
  clockErrorMs: number | null;
  clockSkewPpm: number | null;
  connection: ConnectionState['kind'];
  /** How long it has been so, where that is known. */
  connectionForMs: number | null;
  reconnects: number;
  lastCommand: (Pick<Command, 'kind' | 'sequenceNumber'> & { agoMs: number }) | null;
  state: PlayerState | null;
  driftMs: number | null;
  rate: number | null;
  positionMs: MediaTime | null;
  targetMs: MediaTime | null;
  bufferedMs: number | null;
  framesDue: number | null;
  framesDropped: number | null;
};

export function figuresOf(session: RoomSession, { samples, commands, reconnects, loads }: Records): Figures {
  const now = performance.now();
  const { connection } = session.store.getState();
  const quality = session.line.quality();
  const sample = samples.at(-1);
  const command = commands.at(-1);
  const loss = session.line.loss();
  return {
    localTimeMs: Date.now(),
    serverTimeMs: session.serverNow(),
    roundTripMs: quality?.roundTripMs ?? null,
    jitterMs: quality?.dispersionMs ?? null,
    asked: loss?.asked ?? 0,
    lost: loss?.lost ?? 0,
    bandwidthBps: bandwidthOf(loads),
    clockErrorMs: quality?.errorBoundMs ?? null,
    clockSkewPpm: quality?.skewPpm ?? null,
    connection: connection.kind,
    connectionForMs: 'since' in connection ? now - connection.since : null,
    reconnects: reconnects.length,
    lastCommand: command
      ? { kind: command.kind, sequenceNumber: command.sequenceNumber, agoMs: now - command.at }
      : null,
    state: sample?.state ?? null,
    driftMs: sample?.driftMs ?? null,
    rate: sample?.rate ?? null,
    positionMs: sample?.positionMs ?? null,
    targetMs: sample?.targetMs ?? null,
    bufferedMs: sample?.bufferedMs ?? null,
    framesDue: sample?.frames?.due ?? null,
    framesDropped: sample?.frames?.dropped ?? null,
  };
}
