/** What the overlay shows at one moment: read from where it lives, nothing of it kept. */

import type { MediaTime, PlayerState, ServerTime } from '@/api/generated/protocol';
import type { ConnectionState, RoomSession } from '@/connection';
import type { Records } from './diagnostics-store';

export type Figures = {
  /** Wall clock of this device, UTC. */
  localTimeMs: number;
  serverTimeMs: ServerTime | null;
  roundTripMs: number | null;
  jitterMs: number | null;
  clockErrorMs: number | null;
  clockSkewPpm: number | null;
  connection: ConnectionState['kind'];
  /** How long it has been so, where that is known. */
  connectionForMs: number | null;
  reconnects: number;
  state: PlayerState | null;
  driftMs: number | null;
  rate: number | null;
  positionMs: MediaTime | null;
  targetMs: MediaTime | null;
  bufferedMs: number | null;
};

export function figuresOf(session: RoomSession, { samples, reconnects }: Records): Figures {
  const now = performance.now();
  const { connection } = session.store.getState();
  const quality = session.line.quality();
  const sample = samples.at(-1);
  return {
    localTimeMs: Date.now(),
    serverTimeMs: session.serverNow(),
    roundTripMs: quality?.roundTripMs ?? null,
    jitterMs: quality?.dispersionMs ?? null,
    clockErrorMs: quality?.errorBoundMs ?? null,
    clockSkewPpm: quality?.skewPpm ?? null,
    connection: connection.kind,
    connectionForMs: 'since' in connection ? now - connection.since : null,
    reconnects: reconnects.length,
    state: sample?.state ?? null,
    driftMs: sample?.driftMs ?? null,
    rate: sample?.rate ?? null,
    positionMs: sample?.positionMs ?? null,
    targetMs: sample?.targetMs ?? null,
    bufferedMs: sample?.bufferedMs ?? null,
  };
}
