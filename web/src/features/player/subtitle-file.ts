/** What the name of a subtitle file says: `Night.Train.de.forced.srt` is German. */

import { baseLanguage } from '@/lib/languages';

export const SUBTITLE_FILES = '.srt,.vtt,.ass,.ssa,text/vtt,application/x-subrip';

/** What a menu has room for. */
export const LABEL_CHARACTERS = 60;

export function labelOf(fileName: string): string {
  return fileName.replace(/\.\w{2,4}$/u, '').slice(0, LABEL_CHARACTERS) || fileName;
}

/** The last part of the name that is a language by its code or in English. */
export function languageOf(fileName: string): string | null {
  const parts = labelOf(fileName)
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
    .slice(1)
    .reverse();
  for (const part of parts) {
    const code = LANGUAGES.includes(baseLanguage(part) ?? '') ? baseLanguage(part) : BY_NAME.get(part);
    if (code) return code;
  }
  return null;
}

/** Languages to choose from when subtitles are added; any other comes without one, by its name. */
export const LANGUAGES: readonly string[] = [
  'ar',
  'bg',
  'bn',
  'ca',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'et',
  'fa',
  'fi',
  'fr',
  'he',
  'hi',
  'hr',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'lt',
  'lv',
  'ms',
  'nb',
  'nl',
  'pl',
  'pt',
  'ro',
  'ru',
  'sk',
  'sl',
  'sr',
  'sv',
  'ta',
  'te',
  'th',
  'tr',
  'uk',
  'ur',
  'vi',
  'zh',
];

const BY_NAME = new Map(
  LANGUAGES.map((code) => [new Intl.DisplayNames('en', { type: 'language' }).of(code)?.toLowerCase() ?? code, code]),
);
