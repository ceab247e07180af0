import { expect, test } from 'vitest';
import { baseLanguage, sameLanguage } from './languages';

// SRC-6
test('a language is the same whichever of its codes is written', () => {
  expect(['de', 'deu', 'ger', 'DE', 'de-AT'].map(baseLanguage)).toEqual(['de', 'de', 'de', 'de', 'de']);
  expect(sameLanguage('fre', 'fr-CA')).toBe(true);
  expect(sameLanguage('en', 'de')).toBe(false);
});

// SRC-6
test('what is no language is the same as nothing', () => {
  expect([null, undefined, '', 'und', 'no such thing'].map(baseLanguage)).toEqual([null, null, null, null, null]);
  expect(sameLanguage('und', 'und')).toBe(false);
});
