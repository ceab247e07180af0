import { expect, test } from 'vitest';
import { wishedTrack } from './sound';

const TRACKS = [
  { id: 0, label: 'Deutsch', language: 'de' },
  { id: 1, label: 'English', language: 'eng' },
  { id: 2, label: 'Commentary', language: 'en' },
];

// SRC-6
test('the language that somebody chose once is found in another film, whatever its track is called there', () => {
  expect(wishedTrack(TRACKS, { label: 'English 5.1', language: 'en' })?.id).toBe(1);
  expect(wishedTrack(TRACKS, { label: 'Commentary', language: 'en' })?.id).toBe(2);
});

// SRC-6
test('a film without that language keeps its own choice, and so does one for which nobody wished anything', () => {
  expect(wishedTrack(TRACKS, { label: 'Français', language: 'fr' })).toBeNull();
  expect(wishedTrack(TRACKS, null)).toBeNull();
});
