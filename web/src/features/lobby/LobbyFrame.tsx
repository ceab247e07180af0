import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Wordmark } from '@/ui/Wordmark';

/** The place before a door: the name above, one card in the middle. */
export function LobbyFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="page-light flex min-h-dvh flex-col">
      <header className="flex h-18 items-center px-5 sm:px-8">
        <Link to="/" aria-label={t('app.home')} className="-mx-2 flex rounded-full px-2 py-1">
          <Wordmark />
        </Link>
      </header>
      <main className="flex flex-1 flex-col items-center justify-center px-4 pb-24 sm:px-8">{children}</main>
    </div>
  );
}
