/** Notes what is done to the film and what becomes of the connection, as long as the room is open. */

import type { StoreApi } from 'zustand/vanilla';
import type { ConnectionState, LiveRoom } from '@/connection';
import { commandBetween } from './command-between';
import { clearRecords, noteCommand, noteReconnect, noteTrouble } from './diagnostics-store';

/** Returns how to stop. */
export function recordRoom(store: StoreApi<LiveRoom>): () => void {
  clearRecords();
  return store.subscribe((now, before) => {
    if (now.connection !== before.connection && isNew(before.connection, now.connection))
      noteReconnect(performance.now());
    noteTroubles(now, before);
    const [playback, former] = [now.room?.playback, before.room?.playback];
    if (playback === undefined || former === undefined) return;
    const { sequenceNumber, epoch } = playback;
    if (sequenceNumber !== former.sequenceNumber || epoch !== former.epoch)
      noteCommand({ at: performance.now(), kind: commandBetween(former, playback), sequenceNumber });
  });
}

/** Whether this is another connection than the former, which was lost; one that was silent for a while is the same. */
function isNew(before: ConnectionState, now: ConnectionState): boolean {
  return now.kind === 'live' && now.returned && before.kind !== 'silent';
}

function noteTroubles({ connection, notice }: LiveRoom, before: LiveRoom): void {
  const at = performance.now();
  if (connection.kind === 'lost' && ['live', 'silent'].includes(before.connection.kind))
    noteTrouble({ at, source: 'connection', code: 'lost' });
  if (notice?.kind === 'refused' && notice.serial !== before.notice?.serial)
    noteTrouble({ at, source: 'room', code: notice.code });
}
