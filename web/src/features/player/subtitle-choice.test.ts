import { expect, test } from 'vitest';
import { OFF, shownTrack } from './subtitle-choice';

const track = (id: string, language: string | null, forced = false, label = id) => ({ id, label, language, forced });
const TRACKS = [track('signs', 'de', true), track('German', 'ger'), track('English', 'en'), track('SDH', 'en')];

const shown = (...[chosen, wish, sound]: [string | undefined, Parameters<typeof shownTrack>[2], string | null]) =>
  shownTrack(TRACKS, chosen, wish, sound)?.id ?? null;
const wishFor = (language: string, label = '') => ({ kind: 'language', language, label }) as const;

// SRC-6
test('what is chosen in a film goes before everything else, and off means off', () => {
  expect(shown('English', wishFor('de'), 'de')).toBe('English');
  expect(shown(OFF, wishFor('de'), 'de')).toBeNull();
});

// SRC-6
test('the language of an earlier film is shown again, in the kind that was chosen if there are two', () => {
  expect(shown(undefined, wishFor('de'), 'en')).toBe('German');
  expect(shown(undefined, wishFor('en', 'SDH'), 'en')).toBe('SDH');
  expect(shown(undefined, wishFor('fr'), 'en')).toBeNull();
});

// SRC-6
test('without a wish only what everybody needs in the language of his sound is shown', () => {
  expect(shown(undefined, { kind: 'none' }, 'deu')).toBe('signs');
  expect(shown(undefined, { kind: 'off' }, 'deu')).toBe('signs');
  expect(shown(undefined, { kind: 'none' }, 'en')).toBeNull();
});

// SRC-6
test('a track that is gone is as if it had not been chosen', () => {
  expect(shown('removed', wishFor('en'), null)).toBe('English');
});
