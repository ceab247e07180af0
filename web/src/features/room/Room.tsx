import { useState } from 'react';
import { useRoom } from '@/connection';
import { ChatOverlay } from '@/features/chat';
import { Diagnostics } from '@/features/diagnostics';
import { PlayerStage, usePlayer } from '@/features/player';
import { Ambient } from './Ambient';
import { ConnectionLine } from './ConnectionLine';
import { EmptyStage } from './EmptyStage';
import { OwnershipOffer } from './OwnershipOffer';
import { Side } from './Side';
import { TopBar } from './TopBar';
import { usePhone } from './use-phone';
import { useSide } from './use-side';
import './room.css';

/** The room: the film first, people and chat beside it, the film's light behind everything. */
export function Room({ onLeave }: { onLeave: () => void }) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const handle = usePlayer(video);
  const side = useSide();
  const phone = usePhone();
  const playable = useRoom((room) => room.video?.playable === true);
  return (
    <div className="room-frame text-ink">
      <Ambient video={video} />
      <TopBar sideShown={side.shown} onSide={side.toggle} onLeave={onLeave} />
      <OwnershipOffer />
      <Diagnostics />
      <main className="room-body">
        <div className="room-stage">
          <ConnectionLine />
          <PlayerStage
            video={video}
            onVideo={setVideo}
            handle={handle}
            empty={<EmptyStage />}
            overlay={<ChatOverlay />}
            onSidebar={side.toggle}
          />
        </div>
        {side.shown || isUpright(phone) ? <Side phone={phone} onResync={playable ? handle.resync : null} /> : null}
      </main>
    </div>
  );
}

/** Below the film there is nothing to hide people and chat for. */
function isUpright(phone: boolean): boolean {
  return phone && window.matchMedia('(min-height: 30.01rem)').matches;
}
