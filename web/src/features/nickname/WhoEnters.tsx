import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import { Skeleton } from '@/ui/Skeleton';
import { NicknameField, type NicknameFieldProps } from './NicknameField';

/** As whom somebody enters a room: a guest says his name, an account has one, and it may take a moment to know. */
export function WhoEnters(field: NicknameFieldProps) {
  const { t } = useTranslation();
  const session = useSession((state) => state.session);
  switch (session.kind) {
    case 'nobody':
      return <NicknameField {...field} />;
    case 'account':
      return <p className="text-dim text-sm wrap-anywhere">{t('lobby.enterAs', { name: session.user.username })}</p>;
    case 'restoring':
      return <Skeleton className="h-5 w-40" />;
  }
}
