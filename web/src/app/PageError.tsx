import { RotateCw, WifiOff } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { isMissingChunk, reloadOnce } from '@/lib/stale-chunk';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { Panel } from '@/ui/Panel';

/**
 * What is shown when a page cannot be drawn. A file that is gone after an update is fetched anew by one reload, and one
 * that the network kept back as soon as that returns.
 */
export function PageError() {
  const { t } = useTranslation();
  const error = useRouteError();
  const missing = isMissingChunk(error);

  useEffect(() => {
    if (!missing) return;
    if (navigator.onLine) reloadOnce();
    const reload = () => reloadOnce();
    addEventListener('online', reload);
    return () => removeEventListener('online', reload);
  }, [missing]);

  return (
    <div className="page-light grid min-h-[80dvh] place-items-center p-5">
      <Panel className="max-w-lg">
        <EmptyState
          role="alert"
          icon={missing ? <WifiOff size={26} aria-hidden="true" /> : <RotateCw size={26} aria-hidden="true" />}
          titleAs="h1"
          title={missing ? t('app.offline.title') : t('app.crash.title')}
          text={missing ? t('problems.network') : t('app.crash.text')}
          action={
            <Button variant="primary" onClick={() => location.reload()}>
              {t('app.crash.reload')}
            </Button>
          }
        />
      </Panel>
    </div>
  );
}
