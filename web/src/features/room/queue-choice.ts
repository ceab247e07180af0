/** What can be done with a film that waits for its turn (ROOM-7). */

import type { QueueItem, RoomView } from '@/api/generated/protocol';
import { hasFailed } from '@/api/has-failed';

/**
 * Whether it may be put on now. One that failed would take the present film away and show nothing; so would, for a while, one
 * that is not ready, which therefore waits as long as there is something to see.
 */
export function mayComeNow(item: QueueItem, { video, status }: Pick<RoomView, 'video' | 'status'>): boolean {
  if (hasFailed(item)) return false;
  return item.playable || video?.playable !== true || status === 'ended';
}
