/** How well somebody follows, as a ring and in words (SYNC-13). */

import type { TFunction } from 'i18next';
import type { Participant } from '@/api/generated/protocol';
import type { SyncRing } from '@/ui/Ring';

const RINGS: Record<Participant['sync'], SyncRing> = {
  unknown: 'unknown',
  synced: 'good',
  drifting: 'soft',
  desynced: 'off',
  stalled: 'off',
};

export function ringOf({ presence, sync }: Participant): SyncRing {
  return presence === 'away' ? 'unknown' : RINGS[sync];
}

export function syncWords({ presence, sync, driftMs }: Participant, t: TFunction, locale: string): string {
  if (presence === 'away') return t('people.sync.away');
  if (sync === 'unknown' || sync === 'stalled') return t(`people.sync.${sync}`);
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
