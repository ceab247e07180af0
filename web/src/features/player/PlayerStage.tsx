import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useLive, useRoom } from '@/connection';
import { classNames } from '@/ui/class-names';
import { ControlBar } from './ControlBar';
import { DeedLine } from './DeedLine';
import { KeysDialog } from './KeysDialog';
import { StageNotice } from './StageNotice';
import { SubtitleDelayLine } from './SubtitleDelayLine';
import { SubtitleOverlay } from './SubtitleOverlay';
import { shownPlayback, shownWaiting } from './shown-playback';
import { useControlsVisible } from './use-controls-visible';
import { useFullscreen } from './use-fullscreen';
import { useHeight } from './use-height';
import { useMediaSession } from './use-media-session';
import { usePlaybackControls } from './use-playback-controls';
import { usePlaybackKeys } from './use-playback-keys';
import type { PlayerHandle } from './use-player';
import { useStagePointer } from './use-stage-pointer';
import { useSubtitleKeys } from './use-subtitle-keys';
import { useSubtitles } from './use-subtitles';
import { useVolume } from './use-volume';
import { useWakeLock } from './use-wake-lock';

interface PlayerStageProps {
  video: HTMLVideoElement | null;
  onVideo: (video: HTMLVideoElement | null) => void;
  handle: PlayerHandle;
  /** Stands where the film will be, until there is one. */
  empty: ReactNode;
  /** Floats over the picture in fullscreen: the chat. */
  overlay: ReactNode;
  /** There it is shown in any case, and elsewhere if the chat is nowhere else to be seen. */
  overlayShown: boolean;
  onSidebar: () => void;
}

/** The film and what floats over it. The one `<video>` of a room is here, also while there is no film. */
export function PlayerStage({ video, onVideo, handle, empty, overlay, overlayShown, onSidebar }: PlayerStageProps) {
  const { t } = useTranslation();
  const playable = useRoom((room) => room.video?.playable === true);
  const poster = useRoom((room) => room.video?.posterUrl ?? undefined);
  const isPlaying = useRoom((room, state) => shownPlayback(room, state.pending).isPlaying);
  const waiting = useRoom((room, state) => shownWaiting(room, state.pending) !== null);
  const lost = useLive((state) => state.connection.kind !== 'live');
  const [keysShown, setKeysShown] = useState(false);
  const [tracksShown, setTracksShown] = useState(false);
  const controls = usePlaybackControls();
  const volume = useVolume(video);
  const subtitles = useSubtitles(handle.status);
  const delaySubtitle = useSubtitleKeys(subtitles);
  const [controlsRef, controlsHeight] = useHeight();
  const fullscreen = useFullscreen(video);
  const { visible, wake, hide } = useControlsVisible(!isPlaying || waiting || keysShown || tracksShown);
  const pointer = useStagePointer({ visible, wake, hide, toggle: controls.toggle, fullscreen: fullscreen.toggle });
  const troubled = useStore(handle.status, (status) => status.troubled);

  usePlaybackKeys(
    useMemo(
      () => ({
        toggle: controls.toggle,
        skip: controls.skip,
        fullscreen: fullscreen.toggle,
        mute: volume.toggleMuted,
        sidebar: onSidebar,
        help: () => setKeysShown(true),
        delaySubtitle,
      }),
      [controls, fullscreen.toggle, volume.toggleMuted, onSidebar, delaySubtitle],
    ),
  );
  useMediaSession(controls);
  useWakeLock(playable && isPlaying);

  const pictureInPicture = 'pictureInPictureEnabled' in document && document.pictureInPictureEnabled && video;
  return (
    <section
      aria-label={t('player.region')}
      // A film is watched in the dark; the place where it will be is a page like any other.
      data-scheme={playable || fullscreen.active ? 'dark' : undefined}
      data-idle={playable && !visible ? '' : undefined}
      className={classNames(
        'isolate flex min-h-0 min-w-0 items-center justify-center overflow-hidden text-ink',
        fullscreen.active ? 'fixed inset-0 z-30 bg-black' : 'relative size-full rounded-lg',
        playable && 'bg-black',
        playable && !visible && 'cursor-none',
      )}
      {...(playable ? pointer : {})}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: subtitles lie over the picture, see SubtitleOverlay. */}
      <video
        ref={onVideo}
        playsInline
        preload="auto"
        poster={poster}
        className={classNames('size-full object-contain', !playable && 'hidden')}
      />
      {playable ? (
        <>
          <SubtitleOverlay player={handle.player} subtitles={subtitles} raisedBy={visible ? controlsHeight : 0} />
          <div className="pointer-events-none absolute inset-x-3 top-3 z-10 flex flex-col items-center gap-2">
            <DeedLine />
            <SubtitleDelayLine delayMs={subtitles.delayMs} />
            {troubled ? (
              <p className="glass-floating rounded-full px-4 py-1.5 text-sm">{t('player.troubled')}</p>
            ) : null}
          </div>
          <div className="absolute inset-0 z-10 pointer-events-none grid place-items-center p-6 *:pointer-events-auto max-sm:px-3 max-sm:pb-24">
            <StageNotice handle={handle} moving={isPlaying} />
          </div>
          {fullscreen.active || overlayShown ? overlay : null}
          <div
            ref={controlsRef}
            data-controls=""
            className={classNames(
              'absolute inset-x-2 bottom-2 z-20 transition-[opacity,translate] duration-200 has-[:focus-visible]:translate-y-0 has-[:focus-visible]:opacity-100 sm:inset-x-4 sm:bottom-4',
              visible ? 'opacity-100' : 'translate-y-2 opacity-0',
              lost && 'saturate-50',
            )}
          >
            <ControlBar
              controls={controls}
              player={handle.player}
              status={handle.status}
              volume={volume}
              subtitles={subtitles}
              tracks={{ open: tracksShown, onOpenChange: setTracksShown }}
              visible={visible}
              fullscreen={fullscreen}
              onResync={handle.resync}
              onPictureInPicture={pictureInPicture ? () => void togglePictureInPicture(pictureInPicture) : null}
              onKeys={() => setKeysShown(true)}
            />
          </div>
        </>
      ) : (
        empty
      )}
      <KeysDialog open={keysShown} onOpenChange={setKeysShown} />
    </section>
  );
}

async function togglePictureInPicture(video: HTMLVideoElement): Promise<void> {
  if (document.pictureInPictureElement === null) await video.requestPictureInPicture().catch(() => null);
  else await document.exitPictureInPicture().catch(() => null);
}
