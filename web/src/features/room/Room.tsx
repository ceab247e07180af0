import { type MouseEvent, useState } from 'react';
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
import { useScreen } from './use-screen';
import { useSide } from './use-side';
import './room.css';

/** The room: the film first, people and chat beside it, the film's light behind everything. */
export function Room({ onLeave }: { onLeave: () => void }) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const handle = usePlayer(video);
  const screen = useScreen();
  const side = useSide(screen);
  const coversFilm = screen === 'sideways' && side.shown;
  const playable = useRoom((room) => room.video?.playable === true);
  return (
    <div className="room-frame text-ink">
      <Ambient video={video} />
      <TopBar sideShown={side.shown} onSide={side.toggle} onLeave={onLeave} />
      <OwnershipOffer />
      <Diagnostics />
      <main className="room-body">
        {/* A tap on what is left of the film takes away what covers it; the keyboard has the button and a key. */}
        <div className="room-stage" {...(coversFilm ? { onClickCapture: uncover(side.toggle) } : {})}>
          <ConnectionLine />
          <PlayerStage
            video={video}
            onVideo={setVideo}
            handle={handle}
            empty={<EmptyStage />}
            overlay={<ChatOverlay />}
            overlayShown={screen === 'sideways' && !side.shown}
            onSidebar={side.toggle}
          />
        </div>
        {side.shown ? <Side tabs={screen !== 'wide'} onResync={playable ? handle.resync : null} /> : null}
      </main>
    </div>
  );
}

function uncover(hide: () => void): (event: MouseEvent) => void {
  return (event) => {
    if (!(event.target instanceof HTMLVideoElement)) return;
    event.stopPropagation();
    hide();
  };
}
