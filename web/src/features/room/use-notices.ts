import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Code } from '@/api/generated/protocol';
import { codeMessage } from '@/api/problem';
import { type Notice, useSession } from '@/connection';
import { toast } from '@/ui/toast-store';

/** A sentence about what will happen takes longer to read than one about what did. */
const POLICY_MS = 9_000;

/** What passes is told by toasts: a refused command, a new owner, another setting, a server that goes away for a moment. */
export function useNotices(): void {
  const session = useSession();
  const { t } = useTranslation();
  useEffect(
    () =>
      session.store.subscribe(({ notice }, before) => {
        if (notice === null || notice.serial === before.notice?.serial) return;
        switch (notice.kind) {
          case 'refused':
            tellRefusal(notice.code);
            break;
          case 'not_sent':
            toast({ text: t('connection.notSent'), tone: 'alert' });
            break;
          case 'unanswered':
            toast({ text: t('connection.unanswered'), tone: 'alert' });
            break;
          case 'owner':
            toast({ text: ownerWords(notice, t) });
            break;
          case 'owner_away':
            toast({ text: t('connection.ownerAway') });
            break;
          case 'waiting_policy':
            toast({ text: t(`connection.waiting.${notice.policy}`, { name: notice.name }), durationMs: POLICY_MS });
            break;
          case 'shutdown':
            toast({ text: t('connection.shutdown') });
            break;
        }
      }),
    [session, t],
  );
}

function ownerWords({ mine, name, reason }: Extract<Notice, { kind: 'owner' }>, t: TFunction): string {
  if (reason === 'returned') return mine ? t('connection.youOwnAgain') : t('connection.ownerAgain', { name });
  return mine ? t('connection.youOwn') : t('connection.newOwner', { name });
}

function tellRefusal(code: Code): void {
  // The page's own arithmetic went wrong: nothing that a person did, and nothing that he could do about it.
  if (code !== 'report_invalid') toast({ text: codeMessage(code), tone: 'alert' });
  // biome-ignore lint/suspicious/noConsole: for whoever develops the page; not in what is built for people.
  else if (import.meta.env.DEV) console.warn('the room refused a report of this player: its numbers cannot be true');
}
