/** Who is there, in a room so large that only changes are told. */

import type { Participant, ParticipantId } from '@/api/generated/protocol';

/** Those who are there now, by the time they came; who has not changed stays the same object, so his row need not be drawn. */
export function withPresence(
  known: readonly Participant[],
  changed: readonly Participant[],
  left: readonly ParticipantId[],
): Participant[] {
  const present = new Map(known.map((person) => [person.id, person]));
  for (const id of left) present.delete(id);
  for (const person of changed) present.set(person.id, person);
  return [...present.values()].sort((a, b) => a.joinedAtMs - b.joinedAtMs);
}
