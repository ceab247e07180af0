/** A large room's people as a list that somebody can use: those who matter now first, and only some of them drawn. */

import type { Participant, ParticipantId } from '@/api/generated/protocol';

/** Up to here the list is short enough to be what it is: everybody, by the time they came. */
export const LARGE_FROM = 13;
/** Every row has the same height; see `PersonRow`. */
export const ROW_PX = 44;
/** Drawn beyond the edges, so that a quick scroll shows people rather than nothing. */
const SPARE_ROWS = 6;

type Standing = { me: ParticipantId; ownerId: ParticipantId; waitedFor: readonly ParticipantId[] };

export function isLarge(people: readonly Participant[]): boolean {
  return people.length >= LARGE_FROM;
}

/** Oneself, the owner, those for whom the film stands; then everybody else by the time they came. */
export function byImportance(people: readonly Participant[], { me, ownerId, waitedFor }: Standing): Participant[] {
  const waited = new Set(waitedFor);
  const rank = ({ id }: Participant) => (id === me ? 0 : id === ownerId ? 1 : waited.has(id) ? 2 : 3);
  return [...people].sort((a, b) => rank(a) - rank(b));
}

export function named(people: readonly Participant[], wanted: string): Participant[] {
  const part = wanted.trim().toLocaleLowerCase();
  return people.filter(({ name }) => name.toLocaleLowerCase().includes(part));
}

/** Which rows of so many to draw, for a list scrolled so far: from `first` up to, not including, `end`. */
export function drawnRows(scrolledPx: number, heightPx: number, count: number): { first: number; end: number } {
  const top = Math.floor(scrolledPx / ROW_PX);
  const visible = Math.ceil(heightPx / ROW_PX);
  const first = Math.max(0, Math.min(top, count - visible) - SPARE_ROWS);
  return { first, end: Math.min(count, top + visible + SPARE_ROWS) };
}
