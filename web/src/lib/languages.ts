/** Codes of languages, which files and playlists write in several ways. */

import { formatLanguage } from './format';

/** The shortest code of the language itself: `de` for `deu`, `ger` and `de-AT`. Nothing for what is none. */
export function baseLanguage(code: string | null | undefined): string | null {
  if (!code) return null;
  try {
    const { language } = new Intl.Locale(code);
    return language === 'und' ? null : (language ?? null);
  } catch {
    return null;
  }
}

export function sameLanguage(a: string | null | undefined, b: string | null | undefined): boolean {
  const base = baseLanguage(a);
  return base !== null && base === baseLanguage(b);
}

/** A track's name for people. Where the file has none, the server names it by its code, and numbers those that are alike. */
export function trackName(label: string, language: string | null, locale: string): string {
  if (!language) return label;
  const [code, number, ...more] = label.split(' ');
  const isCode = code === language && more.length === 0 && (number === undefined || /^\d+$/.test(number));
  return isCode ? [formatLanguage(language, locale), number].filter(Boolean).join(' ') : label;
}
