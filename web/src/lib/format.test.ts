import { expect, test } from 'vitest';
import {
  formatBitRate,
  formatBytes,
  formatLanguage,
  formatMediaTime,
  formatPercent,
  formatRate,
  formatWait,
} from './format';

// UPL-1
test('sizes and rates are short and follow the locale', () => {
  expect(formatBytes(1.4 * 1024 ** 3, 'en')).toBe('1.4 GB');
  expect(formatBytes(1.4 * 1024 ** 3, 'de')).toBe('1,4\u00a0GB');
  expect(formatBytes(640 * 1024, 'en')).toBe('640 kB');
  expect(formatRate(2.5 * 1024 ** 2, 'en')).toBe('2.5 MB/s');
});

// UPL-1
test('a hundred per cent is said only when everything has arrived', () => {
  expect(formatPercent(0.999, 'en')).toBe('99%');
  expect(formatPercent(1, 'en')).toBe('100%');
});

// WEB-2
test('film time shows hours only when there are some', () => {
  expect(formatMediaTime(245_000)).toBe('4:05');
  expect(formatMediaTime(3_723_900)).toBe('1:02:03');
  expect(formatMediaTime(-5)).toBe('0:00');
});

// WEB-7
test('a time to wait is coarse, so that it does not jump about', () => {
  expect(formatWait(8, 'en')).toBe('8 seconds');
  expect(formatWait(33, 'en')).toBe('35 seconds');
  expect(formatWait(170, 'en')).toBe('3 minutes');
  expect(formatWait(3600, 'de')).toBe('1 Stunde');
});

// WEB-5
test('a language is named in the reader’s own, whichever of its codes a film carries', () => {
  expect(['de', 'deu', 'ger'].map((code) => formatLanguage(code, 'en'))).toEqual(['German', 'German', 'German']);
  expect(formatLanguage('en', 'de')).toBe('Englisch');
  expect(formatLanguage('???', 'en')).toBe('???');
});

// TRN-2
test('rates of streams are counted in thousands', () => {
  expect(formatBitRate(5_340_000, 'en')).toBe('5.3 Mb/s');
  expect(formatBitRate(640_000, 'de')).toBe('640 kb/s');
});
