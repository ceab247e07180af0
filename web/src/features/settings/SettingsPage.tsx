import { useTranslation } from 'react-i18next';
import { usePageTitle } from '@/ui/use-page-title';
import { AccountSettings } from './AccountSettings';
import { AppearanceSettings } from './AppearanceSettings';
import { NicknameSettings } from './NicknameSettings';

export function SettingsPage() {
  const { t } = useTranslation();
  usePageTitle(t('settings.title'));
  return (
    <div className="mx-auto flex w-full max-w-xl flex-col gap-6 pt-6">
      <h1 className="font-semibold text-xl tracking-[-0.02em]">{t('settings.title')}</h1>
      <AppearanceSettings />
      <NicknameSettings />
      <AccountSettings />
    </div>
  );
}
