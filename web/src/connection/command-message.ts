import type { ClientMessage } from '@/api/generated/protocol';
import type { PlaybackWish } from './live-room';

/** A wish as it is sent. No expected sequence number goes along: what somebody presses holds, whatever was pressed before it. */
export function commandMessage(id: string, wish: Exclude<PlaybackWish, { kind: 'source' }>): ClientMessage {
  switch (wish.kind) {
    case 'play':
      return { type: 'sync:play', id };
    case 'pause':
      return { type: 'sync:pause', id };
    case 'seek':
      return { type: 'sync:seek', id, mediaTimeMs: Math.max(0, Math.round(wish.mediaTimeMs)) };
    case 'rate':
      return { type: 'sync:rate', id, rate: wish.rate };
  }
}
