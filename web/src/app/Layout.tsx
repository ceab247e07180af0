import { Clapperboard, LogIn, Settings } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, ScrollRestoration } from 'react-router';
import { useSession } from '@/api/session';
import { Avatar } from '@/ui/Avatar';
import { accountColour } from '@/ui/person-colour';
import { Wordmark } from '@/ui/Wordmark';

/** The frame around every page but the room, which is all film. */
export function Layout() {
  const { t } = useTranslation();
  return (
    <div className="page-light flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only z-50 rounded-full bg-accent px-5 py-3 font-semibold text-accent-ink focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        {t('app.skip')}
      </a>
      <header className="mx-auto flex h-18 w-full max-w-6xl items-center justify-between gap-4 px-5 sm:px-8">
        <Link to="/" aria-label={t('app.home')} className="-mx-2 flex rounded-full px-2 py-1">
          <Wordmark />
        </Link>
        <Navigation />
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl flex-1 px-5 pb-16 outline-none sm:px-8">
        <Outlet />
      </main>
      <ScrollRestoration />
    </div>
  );
}

const LINK =
  'inline-flex h-11 min-w-11 items-center justify-center gap-2 rounded-full px-3.5 font-medium text-dim text-sm transition-colors hover:bg-hover hover:text-ink aria-[current=page]:text-ink';

function Navigation() {
  const { t } = useTranslation();
  const session = useSession((state) => state.session);
  return (
    <nav className="flex items-center gap-0.5">
      {session.kind === 'account' ? (
        <NavLink to="/films" className={LINK}>
          <Clapperboard size={18} aria-hidden="true" />
          <span className="max-sm:sr-only">{t('app.films')}</span>
        </NavLink>
      ) : null}
      {session.kind === 'nobody' ? (
        <NavLink to="/login" className={LINK}>
          <LogIn size={18} aria-hidden="true" />
          {t('app.login')}
        </NavLink>
      ) : null}
      <NavLink
        to="/settings"
        className={LINK}
        aria-label={session.kind === 'account' ? t('app.account', { name: session.user.username }) : t('app.settings')}
      >
        {session.kind === 'account' ? (
          <Avatar name={session.user.username} colour={accountColour(session.user.id)} size="sm" />
        ) : (
          <Settings size={18} aria-hidden="true" />
        )}
      </NavLink>
    </nav>
  );
}
