import { lazy, Suspense } from 'react';
import { useNavigate, useParams } from 'react-router';
import { leaveRoom } from '@/api/rooms';
import { parseInvite } from '@/lib/invite';
import { ClosedDoor } from './ClosedDoor';
import { Lobby } from './Lobby';
import { Returning } from './Returning';
import { useEntrance, type WayOut } from './use-entrance';

const RoomPage = lazy(async () => ({ default: (await import('@/features/room')).RoomPage }));

/** A room's address: the way back for those who were inside, the lobby for the others, then the room itself. */
export function EntrancePage() {
  const { code: typed = '' } = useParams();
  const code = parseInvite(typed);
  if (!code) return <ClosedDoor why="room_code_invalid" />;
  // The key makes another room another visit: nothing of the first one stays.
  return <Entrance key={code} code={code} />;
}

function Entrance({ code }: { code: string }) {
  const navigate = useNavigate();
  const { entrance, enter, goOut, toLobby, retry } = useEntrance(code);

  const out = (why: WayOut) => {
    leaveRoom();
    if (why === 'left') void navigate('/');
    else goOut(why);
  };

  switch (entrance.kind) {
    case 'returning':
      return <Returning unreachable={entrance.unreachable} onRetry={retry} />;
    case 'lobby':
      return <Lobby code={code} onEntered={enter} onRefused={goOut} />;
    case 'inside':
      return (
        <Suspense fallback={<div className="page-light min-h-dvh" />}>
          <RoomPage grant={entrance.grant} onOut={out} />
        </Suspense>
      );
    case 'out':
      return <ClosedDoor why={entrance.why} onBack={toLobby} />;
  }
}
