import { DoorClosed } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { codeMessage } from '@/api/problem';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { Panel } from '@/ui/Panel';
import { usePageTitle } from '@/ui/use-page-title';
import { doorFor } from './door';
import { LobbyFrame } from './LobbyFrame';
import type { WayOut } from './use-entrance';

/** Why somebody is outside, in words, and where he can go from here. */
export function ClosedDoor({ why, onBack }: { why: WayOut; onBack?: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const door = doorFor(why);
  const next = `?next=${encodeURIComponent(pathname)}`;
  usePageTitle(t(door.title));
  return (
    <LobbyFrame>
      <Panel className="w-full max-w-md">
        <EmptyState
          role="alert"
          icon={<DoorClosed size={26} aria-hidden="true" />}
          titleAs="h1"
          title={t(door.title)}
          text={codeMessage(door.code)}
          action={
            <>
              {door.wayOn === 'login' ? (
                <>
                  <Button asChild>
                    <Link to={`/register${next}`}>{t('lobby.door.register')}</Link>
                  </Button>
                  <Button variant="primary" asChild>
                    <Link to={`/login${next}`}>{t('lobby.door.login')}</Link>
                  </Button>
                </>
              ) : null}
              {door.wayOn === 'back' && onBack ? (
                <Button variant="primary" onClick={onBack}>
                  {t('lobby.door.back')}
                </Button>
              ) : null}
              {door.wayOn === 'new' ? (
                <Button variant="primary" asChild>
                  <Link to="/">{t('lobby.door.new')}</Link>
                </Button>
              ) : (
                <Button variant={door.wayOn === 'home' ? 'primary' : 'quiet'} asChild>
                  <Link to="/">{t('lobby.door.home')}</Link>
                </Button>
              )}
            </>
          }
        />
      </Panel>
    </LobbyFrame>
  );
}
