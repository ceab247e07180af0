import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useRoom } from '@/connection';
import { formatMediaTime } from '@/lib/format';
import { Slider } from '@/ui/Slider';
import type { PlayerStore } from './player-store';
import { SeekMarks } from './SeekMarks';
import { SeekPreview } from './SeekPreview';
import { reachable } from './seek-bar';
import { SKIP_SECONDS } from './use-playback-keys';

/** What each key that a slider must know moves the film by, in seconds. */
const SKIPS: Partial<Record<string, number>> = {
  ArrowLeft: -SKIP_SECONDS,
  ArrowDown: -SKIP_SECONDS,
  ArrowRight: SKIP_SECONDS,
  ArrowUp: SKIP_SECONDS,
  PageDown: -60,
  PageUp: 60,
};

interface SeekBarProps {
  position: number;
  lengthMs: number;
  status: PlayerStore;
  disabled: boolean;
  onSeek: (toMs: number) => void;
  onSkip: (seconds: number) => void;
}

/** Where the film is, what is there of it, and the way to another place. */
export function SeekBar({ position, lengthMs, status, disabled, onSeek, onSkip }: SeekBarProps) {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<number | null>(null);
  const [pointer, setPointer] = useState<number | null>(null);
  const made = useStore(status, (state) => state.madeUntilMs);
  const isReady = useRoom((room) => room.video?.status === 'ready');
  const madeUntil = isReady ? null : made;
  const shown = dragged ?? position;
  const preview = dragged ?? (pointer === null ? null : pointer * lengthMs);

  const keyed = (event: KeyboardEvent) => {
    const skip = SKIPS[event.key];
    const end = event.key === 'Home' ? 0 : event.key === 'End' ? lengthMs : null;
    if (disabled || (skip === undefined && end === null)) return;
    // The slider's own steps would be a millisecond each. For keys it also commits first and reports the change after that,
    // which would leave the bar standing at a place that nobody drags it to any more.
    event.preventDefault();
    event.stopPropagation();
    if (skip !== undefined) onSkip(skip);
    if (end !== null) onSeek(reachable(end, madeUntil));
  };
  const hovered = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerType === 'touch') return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setPointer(Math.min(1, Math.max(0, (event.clientX - left) / width)));
  };

  return (
    <div
      className="relative min-w-0 flex-1"
      onKeyDownCapture={keyed}
      onPointerMove={hovered}
      onPointerLeave={() => setPointer(null)}
    >
      {preview === null || lengthMs === 0 ? null : <SeekPreview positionMs={preview} lengthMs={lengthMs} />}
      <Slider
        label={t('player.seek')}
        value={Math.min(shown, lengthMs)}
        max={Math.max(1, lengthMs)}
        step={1}
        disabled={disabled || lengthMs === 0}
        valueText={t('player.position', { position: formatMediaTime(shown), length: formatMediaTime(lengthMs) })}
        onChange={setDragged}
        onCommit={(value) => {
          setDragged(null);
          onSeek(reachable(value, madeUntil));
        }}
        marks={<SeekMarks status={status} lengthMs={lengthMs} madeUntilMs={madeUntil} />}
      />
    </div>
  );
}
