import { LogOut } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { logout } from '@/api/auth';
import { orTell } from '@/api/or-tell';
import { useSession } from '@/api/session';
import { ChangePassword } from '@/features/auth';
import { Avatar } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { accountColour } from '@/ui/person-colour';
import { Skeleton } from '@/ui/Skeleton';
import { SettingsGroup } from './SettingsGroup';

export function AccountSettings() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const session = useSession((state) => state.session);
  if (session.kind === 'restoring') return <Skeleton className="h-40 rounded-lg" />;
  if (session.kind === 'nobody') return <NoAccount />;

  const { user } = session;
  const since = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' }).format(user.createdAtMs);
  const leave = () => orTell(logout().then(() => navigate('/')));
  return (
    <>
      <SettingsGroup title={t('settings.account')}>
        <div className="flex flex-wrap items-center gap-4">
          <Avatar name={user.username} colour={accountColour(user.id)} size="lg" />
          <div className="flex min-w-44 flex-1 flex-col">
            <span className="truncate font-semibold text-base">{user.username}</span>
            <span className="truncate text-dim text-sm">{user.email}</span>
            <span className="text-faint text-xs">{t('settings.since', { date: since })}</span>
          </div>
          <Button icon={<LogOut size={18} aria-hidden="true" />} onClick={leave}>
            {t('app.logout')}
          </Button>
        </div>
      </SettingsGroup>
      <SettingsGroup title={t('settings.password')}>
        <ChangePassword />
      </SettingsGroup>
    </>
  );
}

function NoAccount() {
  const { t } = useTranslation();
  return (
    <SettingsGroup title={t('settings.account')}>
      <p className="text-pretty text-dim text-sm">{t('settings.noAccount')}</p>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" asChild>
          <Link to="/register">{t('app.register')}</Link>
        </Button>
        <Button asChild>
          <Link to="/login">{t('app.login')}</Link>
        </Button>
      </div>
    </SettingsGroup>
  );
}
