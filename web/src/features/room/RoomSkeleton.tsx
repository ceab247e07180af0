import { useTranslation } from 'react-i18next';
import type { ConnectionState } from '@/connection';
import { Button } from '@/ui/Button';
import { Panel } from '@/ui/Panel';
import { Skeleton } from '@/ui/Skeleton';
import { useRetryWait } from './use-retry-wait';

interface RoomSkeletonProps {
  connection?: ConnectionState;
  onRetry?: () => void;
}

/** The room before it is there, in its shape. Says what is in the way when it takes longer. */
export function RoomSkeleton({ connection, onRetry }: RoomSkeletonProps) {
  const { t } = useTranslation();
  const wait = useRetryWait(connection);
  return (
    <div className="room-frame text-ink" aria-busy="true">
      <div className="flex h-14 items-center gap-3 px-4">
        <Skeleton className="h-5 w-40" />
      </div>
      <main className="room-body">
        <div className="room-stage grid place-items-center">
          <div role="status" className="flex flex-col items-center gap-3 p-6 text-center text-dim text-sm">
            <p>{wait === null ? t('connection.connecting') : t('connection.lost', { wait: wait.words })}</p>
            {wait === null ? null : <Button onClick={onRetry}>{t('connection.tryNow')}</Button>}
          </div>
        </div>
        <Panel as="div" className="room-side hidden flex-col gap-3 p-4 lg:flex">
          <Skeleton className="h-9 w-full" />
          <Skeleton className="h-9 w-full" />
          <Skeleton className="mt-auto h-11 w-full rounded-full" />
        </Panel>
      </main>
    </div>
  );
}
