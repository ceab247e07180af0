import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { codeMessage } from '@/api/problem';
import { useSession } from '@/connection';
import { toast } from '@/ui/toast-store';

/** What passes is told by toasts: a refused command, a new owner, a server that goes away for a moment. */
export function useNotices(): void {
  const session = useSession();
  const { t } = useTranslation();
  useEffect(
    () =>
      session.store.subscribe(({ notice }, before) => {
        if (notice === null || notice.serial === before.notice?.serial) return;
        switch (notice.kind) {
          case 'refused':
            toast({ text: codeMessage(notice.code), tone: 'alert' });
            break;
          case 'owner':
            toast({ text: notice.mine ? t('connection.youOwn') : t('connection.newOwner', { name: notice.name }) });
            break;
          case 'owner_away':
            toast({ text: t('connection.ownerAway') });
            break;
          case 'shutdown':
            toast({ text: t('connection.shutdown') });
            break;
        }
      }),
    [session, t],
  );
}
