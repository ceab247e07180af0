/** Codes of languages, which files and playlists write in several ways. */

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
