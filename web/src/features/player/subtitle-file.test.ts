import { expect, test } from 'vitest';
import { labelOf, languageOf } from './subtitle-file';

// SRC-6
test.each([
  ['Night.Train.de.srt', 'de'],
  ['Night Train (2026) [English].srt', 'en'],
  ['Night.Train.ger.forced.vtt', 'de'],
  ['Night Train.srt', null],
  ['de.srt', null],
  ['It.srt', null],
  ['Это.ru.srt', 'ru'],
])('the name %s says that its language is %s', (name, language) => {
  expect(languageOf(name)).toBe(language);
});

// SRC-6
test('a file is shown by its name without the ending', () => {
  expect(labelOf('Night.Train.de.srt')).toBe('Night.Train.de');
  expect(labelOf('.srt')).toBe('.srt');
});
