/** How well somebody follows, as a ring and in words (SYNC-13). */

import type { TFunction } from 'i18next';
import type { Participant } from '@/api/generated/protocol';
import type { LiveRoom } from '@/connection';
import type { SyncRing } from '@/ui/Ring';

const RINGS: Record<Participant['sync'], SyncRing> = {
  unknown: 'unknown',
  synced: 'good',
  drifting: 'soft',
  desynced: 'off',
  stalled: 'off',
};

/** What this page can say of anybody: what the room does, or that it does not hear the room. */
export type Outlook = 'no_film' | 'paused' | 'playing' | 'unconnected';

export function outlookOf({ connection, room }: Pick<LiveRoom, 'connection' | 'room'>): Outlook {
  // What the room said last is not what is: nobody knows how the others stand, and oneself they do not see either.
  if (connection.kind !== 'live') return 'unconnected';
  if (room?.video?.playable !== true) return 'no_film';
  return room.playback.isPlaying ? 'playing' : 'paused';
}

export function ringOf({ presence, sync }: Participant, outlook: Outlook, isMe: boolean): SyncRing {
  if (outlook === 'unconnected') return isMe ? 'connecting' : 'unknown';
  return presence === 'away' ? 'unknown' : RINGS[sync];
}

const UNMEASURED = { no_film: 'unknown', paused: 'paused', playing: 'unmeasured' } as const;

export function syncWords(person: Participant, outlook: Outlook, isMe: boolean, t: TFunction, locale: string): string {
  const { presence, sync, driftMs } = person;
  if (outlook === 'unconnected') return t(isMe ? 'people.sync.connecting' : 'people.sync.unseen');
  if (presence === 'away') return t('people.sync.away');
  if (sync === 'unknown') return t(`people.sync.${UNMEASURED[outlook]}`);
  if (sync === 'stalled') return t('people.sync.stalled');
  return t(`people.sync.${sync}`, { drift: driftWords(driftMs ?? 0, t, locale) });
}

/** Below one frame of a usual film nobody can see a difference. */
const FRAME_MS = 17;

function driftWords(driftMs: number, t: TFunction, locale: string): string {
  const size = Math.abs(driftMs);
  if (size < FRAME_MS) return t('people.exact');
  const unit = size < 1_000 ? 'millisecond' : 'second';
  const value = size < 1_000 ? Math.round(size) : Math.round(size / 100) / 10;
  const ms = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  return driftMs > 0 ? t('people.ahead', { ms }) : t('people.behind', { ms });
}
