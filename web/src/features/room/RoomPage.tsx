import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CloseReason, Code } from '@/api/generated/protocol';
import type { JoinGrant } from '@/api/types';
import { type RoomSession, SessionProvider, useLive } from '@/connection';
import { toast } from '@/ui/toast-store';
import { usePageTitle } from '@/ui/use-page-title';
import { Room } from './Room';
import { RoomSkeleton } from './RoomSkeleton';
import { useNotices } from './use-notices';
import { useRoomSession } from './use-room-session';

export interface RoomPageProps {
  /** Good for the first minute; `joinRoom(code)` brings the next one. */
  grant: JoinGrant;
  /** The person is out, by his own will or not. */
  onOut: (why: CloseReason | Code) => void;
}

export function RoomPage({ grant, onOut }: RoomPageProps) {
  const session = useRoomSession(grant);
  if (session === null) return <RoomSkeleton />;
  return (
    <SessionProvider session={session}>
      <Stay session={session} onOut={onOut} />
    </SessionProvider>
  );
}

function Stay({ session, onOut }: { session: RoomSession; onOut: RoomPageProps['onOut'] }) {
  const { t } = useTranslation();
  const entered = useLive((state) => state.room !== null);
  const name = useLive((state) => state.room?.settings.name);
  const connection = useLive((state) => state.connection);
  usePageTitle(name);
  useNotices();

  useEffect(() => {
    if (connection.kind !== 'out') return;
    const { why, message } = connection;
    // The door says why; the owner's own words are only here.
    if (message !== null) toast({ text: t('connection.said', { message }), durationMs: 12_000 });
    onOut(why);
  }, [connection, onOut, t]);

  if (!entered) return <RoomSkeleton connection={connection} onRetry={() => session.retryNow()} />;
  return <Room onLeave={() => session.leave()} />;
}
