import i18next from 'i18next';
import { expect, test, vi } from 'vitest';
import { chooseLanguage, startTranslation } from '.';
import { rememberLanguage } from './language';

vi.mock('./de', () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});

// WEB-7
test('a language that cannot be fetched leaves the page in English rather than empty', async () => {
  rememberLanguage('de');
  await startTranslation();
  expect(i18next.t('ui.tryAgain')).toBe('Try again');
});

// WEB-7
test('a language that was chosen and cannot be fetched says so to whoever chose it', async () => {
  await expect(chooseLanguage('de')).rejects.toThrow();
  expect(i18next.language).toBe('en');
});
