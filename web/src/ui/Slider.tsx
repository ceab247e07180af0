import { Slider as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

export interface SliderProps {
  label: string;
  value: number;
  min?: number;
  max: number;
  step?: number;
  disabled?: boolean;
  /** The value in words, when the number alone says little ("12 minutes 4 seconds"). */
  valueText?: string;
  onChange: (value: number) => void;
  /** When the finger lets go; a seek is sent here and not on every pixel. */
  onCommit?: (value: number) => void;
  /** Drawn on the track below the thumb: buffered ranges, other people's places. */
  marks?: ReactNode;
  className?: string;
}

export function Slider({
  label,
  value,
  min = 0,
  max,
  step = 1,
  disabled = false,
  valueText,
  onChange,
  onCommit,
  marks,
  className,
}: SliderProps) {
  return (
    <Radix.Root
      value={[value]}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
      className={classNames(
        'group relative flex h-8 w-full touch-none select-none items-center data-disabled:opacity-50',
        className,
      )}
    >
      <Radix.Track className="relative h-1.5 grow overflow-hidden rounded-full bg-line-strong/60 transition-[height] group-hover:h-2">
        {marks}
        <Radix.Range className="absolute h-full rounded-full bg-linear-to-r from-accent to-(--accent-glow)" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        aria-valuetext={valueText}
        className="block size-4 rounded-full bg-white shadow-[0_1px_6px_oklch(0_0_0/0.5)] ring-1 ring-black/10 transition-[scale] hover:scale-110 active:scale-125"
      />
    </Radix.Root>
  );
}
