import { WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { Panel } from '@/ui/Panel';
import { Wordmark } from '@/ui/Wordmark';

/** Somebody who was inside comes back after a reload; if the server is away, his place waits and says so. */
export function Returning({ unreachable, onRetry }: { unreachable: boolean; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="page-light grid min-h-dvh place-items-center p-5">
      {unreachable ? (
        <Panel className="max-w-md">
          <EmptyState
            role="alert"
            icon={<WifiOff size={26} aria-hidden="true" />}
            titleAs="h1"
            title={t('lobby.unreachable')}
            text={t('lobby.unreachableText')}
            action={<Button onClick={onRetry}>{t('ui.tryAgain')}</Button>}
          />
        </Panel>
      ) : (
        <p
          role="status"
          className="flex animate-fade flex-col items-center gap-4 text-dim text-sm [animation-delay:400ms]"
        >
          <Wordmark compact />
          {t('lobby.returning')}
        </p>
      )}
    </div>
  );
}
