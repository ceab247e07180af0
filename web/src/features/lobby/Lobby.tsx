import { useQuery } from '@tanstack/react-query';
import { WifiOff } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Code } from '@/api/generated/protocol';
import { ProblemError, problemMessage } from '@/api/problem';
import { roomInfo } from '@/api/rooms';
import type { JoinGrant } from '@/api/types';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { Panel } from '@/ui/Panel';
import { Skeleton } from '@/ui/Skeleton';
import { usePageTitle } from '@/ui/use-page-title';
import { EnterForm } from './EnterForm';
import { LobbyFrame } from './LobbyFrame';
import { RoomSummary } from './RoomSummary';
import type { WayOut } from './use-entrance';

/** People come and go while somebody stands at the door. */
const LOOK_AGAIN_MS = 5_000;

export interface LobbyProps {
  code: string;
  onEntered: (grant: JoinGrant) => void;
  onRefused: (why: WayOut) => void;
}

/** The room from outside: what it is called, who is in, what is on; a name, and in (ROOM-2). */
export function Lobby({ code, onEntered, onRefused }: LobbyProps) {
  const { t } = useTranslation();
  const info = useQuery({ queryKey: ['room', code], queryFn: () => roomInfo(code), refetchInterval: LOOK_AGAIN_MS });
  usePageTitle(info.data ? t('lobby.title', { name: info.data.name }) : undefined);

  const refusal = info.error instanceof ProblemError && info.error.isRefusal ? info.error.code : undefined;
  useEffect(() => {
    if (refusal) onRefused(refusal as Code);
  }, [refusal, onRefused]);

  return (
    <LobbyFrame>
      <Panel className="flex w-full max-w-md flex-col gap-6 p-6 sm:p-7" aria-busy={info.isPending}>
        {info.data ? (
          <>
            <RoomSummary room={info.data} />
            <EnterForm room={info.data} onEntered={onEntered} onRefused={onRefused} />
          </>
        ) : null}
        {info.isPending ? <LobbySkeleton /> : null}
        {info.isError && !info.data ? (
          <EmptyState
            role="alert"
            icon={<WifiOff size={26} aria-hidden="true" />}
            titleAs="h1"
            title={t('lobby.unreachable')}
            text={problemMessage(info.error)}
            action={<Button onClick={() => void info.refetch()}>{t('ui.tryAgain')}</Button>}
          />
        ) : null}
      </Panel>
    </LobbyFrame>
  );
}

/** Shaped like what comes, so that nothing moves when it does. */
function LobbySkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('lobby.loading')} className="flex flex-col gap-4">
      <Skeleton className="h-8 w-3/5" />
      <Skeleton className="h-5 w-2/5" />
      <Skeleton className="h-16 rounded-md" />
      <Skeleton className="mt-4 h-11 rounded-md" />
      <Skeleton className="h-13 rounded-full" />
    </div>
  );
}
