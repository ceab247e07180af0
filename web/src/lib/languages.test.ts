import { expect, test } from 'vitest';
import { baseLanguage, sameLanguage, trackName } from './languages';

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

// SRC-6, WEB-5
test('a track that the file gave nothing but a code is named by its language', () => {
  expect(trackName('eng', 'eng', 'en')).toBe('English');
  expect(trackName('deu 2', 'deu', 'en')).toBe('German 2');
  expect(trackName('eng', 'eng', 'de')).toBe('Englisch');
});

// SRC-6
test('a track that has a name keeps it', () => {
  expect(trackName('Commentary', 'eng', 'en')).toBe('Commentary');
  expect(trackName('eng for kids', 'eng', 'en')).toBe('eng for kids');
  expect(trackName('eng', null, 'en')).toBe('eng');
});
