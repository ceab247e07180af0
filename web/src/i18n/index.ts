import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
import { detectLanguage, type Language, rememberLanguage } from './language';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** English is in the first page; the others arrive when somebody wants them. */
const LOADERS: Record<Exclude<Language, 'en'>, () => Promise<object>> = {
  de: async () => (await import('./de')).de,
};

/** Must end before the first render, so that nobody sees the page change its language. */
export async function startTranslation(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    // React escapes; doing it twice would show entities.
    interpolation: { escapeValue: false },
  });
  // A language that cannot be fetched now comes with the next visit; English is here, and better than no page.
  await showLanguage(detectLanguage()).catch(() => undefined);
}

/** Switches the language and keeps the choice. */
export async function chooseLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  await showLanguage(language);
}

async function showLanguage(language: Language): Promise<void> {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await LOADERS[language]());
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export { LANGUAGES, type Language } from './language';
