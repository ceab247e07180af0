import { Keyboard, Lock, Maximize, Minimize, Pause, PictureInPicture2, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { codeMessage } from '@/api/problem';
import { useRoom } from '@/connection';
import { formatMediaTime } from '@/lib/format';
import type { Player } from '@/players';
import { IconButton } from '@/ui/IconButton';
import type { PlayerStore } from './player-store';
import { QualityMenu } from './QualityMenu';
import { SeekBar } from './SeekBar';
import { SpeedMenu } from './SpeedMenu';
import { SyncMenu } from './SyncMenu';
import { shownPlayback } from './shown-playback';
import { TracksMenu } from './TracksMenu';
import { type PlaybackControls, useMayMove } from './use-playback-controls';
import { useShownPosition } from './use-shown-position';
import type { Subtitles } from './use-subtitles';
import type { Volume } from './use-volume';
import { VolumeControl } from './VolumeControl';

interface ControlBarProps {
  controls: PlaybackControls;
  player: Player | null;
  status: PlayerStore;
  volume: Volume;
  subtitles: Subtitles;
  /** Their menu. While it is open the controls stay, so that what is chosen is seen above them. */
  tracks: { open: boolean; onOpenChange: (open: boolean) => void };
  visible: boolean;
  fullscreen: { active: boolean; toggle: () => void };
  onResync: () => void;
  onPictureInPicture: (() => void) | null;
  onKeys: () => void;
}

/** The controls over the film's foot. What moves the film moves it for everybody; the rest is one's own. */
export function ControlBar(props: ControlBarProps) {
  const {
    controls,
    player,
    status,
    volume,
    subtitles,
    tracks,
    visible,
    fullscreen,
    onResync,
    onPictureInPicture,
    onKeys,
  } = props;
  const { t } = useTranslation();
  const lengthMs = useRoom((room) => room.video?.durationMs ?? 0);
  const position = useShownPosition(visible);
  const may = useMayMove();
  const isPlaying = useRoom((room, { pending }) => shownPlayback(room, pending).isPlaying);
  const rate = useRoom((room, { pending }) => shownPlayback(room, pending).rate);

  return (
    <div className="glass-floating flex flex-col rounded-lg px-3 pt-1 pb-1.5 sm:px-4">
      {may.allowed || may.why !== 'not_allowed_to_control' ? null : (
        <p className="flex items-center gap-2 pt-2 text-dim text-xs">
          <Lock size={14} aria-hidden="true" />
          {codeMessage(may.why)}
        </p>
      )}
      <div className="flex items-center gap-3">
        <span className="tabular text-ink text-xs sm:hidden">{formatMediaTime(position)}</span>
        <SeekBar
          position={position}
          lengthMs={lengthMs}
          status={status}
          disabled={!may.allowed}
          onSeek={controls.seek}
          onSkip={controls.skip}
        />
        <span className="tabular text-dim text-xs sm:hidden">{formatMediaTime(lengthMs)}</span>
      </div>
      <div className="flex items-center gap-0.5 max-sm:justify-between">
        <IconButton
          label={isPlaying ? t('player.pause') : t('player.play')}
          shortcut={t('player.key.space')}
          disabled={!may.allowed}
          className="text-ink"
          icon={
            isPlaying ? (
              <Pause size={22} fill="currentColor" aria-hidden="true" />
            ) : (
              <Play size={22} fill="currentColor" aria-hidden="true" />
            )
          }
          onClick={isPlaying ? controls.pause : controls.play}
        />
        <VolumeControl volume={volume} />
        {/* Where there is no room for the length it wraps out of sight, rather than be cut in the middle. */}
        <p className="tabular flex h-5 min-w-0 flex-1 flex-wrap overflow-hidden pl-1 text-dim text-sm max-sm:hidden">
          <span className="text-ink">{formatMediaTime(position)}</span>
          <span className="whitespace-pre">
            <span aria-hidden="true"> / </span>
            {formatMediaTime(lengthMs)}
          </span>
        </p>
        <SpeedMenu rate={rate} disabled={!may.allowed} onRate={controls.setRate} />
        <SyncMenu onResync={onResync} />
        {player ? <TracksMenu player={player} status={status} subtitles={subtitles} {...tracks} /> : null}
        {player ? <QualityMenu player={player} status={status} /> : null}
        <span className="hidden md:block">
          <IconButton
            label={t('player.keys')}
            shortcut="?"
            icon={<Keyboard size={20} aria-hidden="true" />}
            onClick={onKeys}
          />
        </span>
        {onPictureInPicture ? (
          <span className="hidden sm:block">
            <IconButton
              label={t('player.pip')}
              icon={<PictureInPicture2 size={20} aria-hidden="true" />}
              onClick={onPictureInPicture}
            />
          </span>
        ) : null}
        <IconButton
          label={fullscreen.active ? t('player.leaveFullscreen') : t('player.fullscreen')}
          shortcut="f"
          icon={
            fullscreen.active ? <Minimize size={20} aria-hidden="true" /> : <Maximize size={20} aria-hidden="true" />
          }
          onClick={fullscreen.toggle}
        />
      </div>
    </div>
  );
}
