import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orTell } from '@/api/or-tell';
import { chooseLanguage, LANGUAGES, type Language } from '@/i18n';
import { Select } from '@/ui/Select';
import { Switch } from '@/ui/Switch';
import { chooseGlass, chooseTheme, readGlass, readTheme, type ThemeChoice } from '@/ui/theme';
import { SettingsGroup } from './SettingsGroup';

/** Kept in this browser: a phone and a television need different things. */
export function AppearanceSettings() {
  const { t, i18n } = useTranslation();
  const [theme, setTheme] = useState(readTheme);
  const [glass, setGlass] = useState(readGlass);
  return (
    <SettingsGroup title={t('settings.appearance')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Select<ThemeChoice>
          label={t('settings.theme')}
          value={theme}
          options={[
            { value: 'system', label: t('settings.themeSystem') },
            { value: 'dark', label: t('settings.themeDark') },
            { value: 'light', label: t('settings.themeLight') },
          ]}
          onChange={(choice) => {
            chooseTheme(choice);
            setTheme(choice);
          }}
        />
        <Select<Language>
          label={t('settings.language')}
          value={i18n.language as Language}
          options={(Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, label: LANGUAGES[value] }))}
          onChange={(language) => orTell(chooseLanguage(language))}
        />
      </div>
      <Switch
        label={t('settings.glass')}
        hint={t('settings.glassHint')}
        checked={glass}
        onChange={(on) => {
          chooseGlass(on);
          setGlass(on);
        }}
      />
    </SettingsGroup>
  );
}
