/** For whom the film stands and why, in words (BEY-4). Who reads it is told of himself as such. */

import type { TFunction } from 'i18next';
import type { Participant, ParticipantId, Waiting } from '@/api/generated/protocol';
import { formatNames } from '@/lib/format';

/** More names than these make a list that nobody reads in ten seconds. */
const NAMED = 3;

export type WaitingWords = { title: string; reason: string };

export function waitingWords(
  { cause, participants }: Waiting,
  people: readonly Participant[],
  me: ParticipantId,
  t: TFunction,
  locale: string,
): WaitingWords {
  const mine = participants.includes(me);
  const others = people.filter(({ id }) => id !== me && participants.includes(id)).map(({ name }) => name);
  if (mine && others.length === 0)
    return { title: t('player.waiting.forYou'), reason: t(`player.waiting.yours.${cause}`) };
  const names = mine ? [t('player.waiting.you'), ...others] : others;
  return {
    title: t('player.waiting.for', { names: formatNames(shortened(names, t), locale) }),
    reason: t(`player.waiting.theirs.${cause}`),
  };
}

function shortened(names: readonly string[], t: TFunction): readonly string[] {
  const rest = names.length - NAMED;
  if (rest < 1) return names;
  // One name takes no more room than the words for "one other".
  return rest === 1 ? names : [...names.slice(0, NAMED), t('player.waiting.others', { count: rest })];
}
