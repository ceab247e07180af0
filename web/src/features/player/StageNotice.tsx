import { Play, Volume2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useRoom } from '@/connection';
import { Button } from '@/ui/Button';
import { Spinner } from '@/ui/Spinner';
import { shownWaiting } from './shown-playback';
import type { PlayerHandle } from './use-player';
import { WaitingNotice } from './WaitingNotice';

/** What stands in the way of the film, in words, with what to do about it. Nothing when all is well. */
export function StageNotice({ handle, moving }: { handle: PlayerHandle; moving: boolean }) {
  const { t } = useTranslation();
  const { player, status, retry } = handle;
  const { autoplay, trouble, state } = useStore(status);
  const waiting = useRoom((room, { pending }) => shownWaiting(room, pending));
  if (trouble !== null) {
    return (
      <Card text={t(`player.trouble.${trouble}`)} alert>
        {trouble === 'unsupported' ? null : (
          <Button size="sm" onClick={retry}>
            {t('ui.tryAgain')}
          </Button>
        )}
      </Card>
    );
  }
  if (autoplay === 'blocked' && moving) {
    return (
      <Card text={t('player.tapToStartText')}>
        <Button variant="primary" icon={<Play size={18} aria-hidden="true" />} onClick={() => player?.unlock()}>
          {t('player.tapToStart')}
        </Button>
      </Card>
    );
  }
  if (waiting !== null) return <WaitingNotice waiting={waiting} />;
  if (autoplay === 'muted') {
    return (
      <Button variant="primary" icon={<Volume2 size={18} aria-hidden="true" />} onClick={() => player?.unlock()}>
        {t('player.tapForSound')}
      </Button>
    );
  }
  if (state === 'stalled') return <Loading text={t('player.stalled')} />;
  if (state === 'loading') return <Loading text={player ? t('player.loading') : t('player.opening')} />;
  return null;
}

function Card({ text, alert = false, children }: { text: string; alert?: boolean; children: React.ReactNode }) {
  return (
    <div
      role={alert ? 'alert' : 'status'}
      className="glass-floating flex max-w-sm flex-col items-center gap-3 rounded-lg px-6 py-5 text-center text-sm"
    >
      <p>{text}</p>
      {children}
    </div>
  );
}

/** Comes late on purpose: most waits are over before anybody notices. */
function Loading({ text }: { text: string }) {
  return (
    <p
      role="status"
      className="glass-floating flex max-w-sm animate-fade items-center gap-3 rounded-full px-4 py-2 text-sm [animation-delay:700ms]"
    >
      <Spinner />
      {text}
    </p>
  );
}
