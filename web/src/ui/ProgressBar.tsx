import { classNames } from './class-names';

export interface ProgressBarProps {
  label: string;
  /** 0 to 1, or nothing while it cannot be told. */
  value?: number | undefined;
  /** A calm bar for something that waits. */
  paused?: boolean;
  thin?: boolean;
}

const MOVING = 'bg-linear-to-r from-accent to-(--accent-glow)';
const UNKNOWN =
  'animate-shimmer bg-[length:200%_100%] bg-linear-[90deg,transparent_30%,var(--accent)_50%,transparent_70%]';

export function ProgressBar({ label, value, paused = false, thin = false }: ProgressBarProps) {
  const known = value !== undefined;
  const percent = known ? Math.round(Math.min(Math.max(value, 0), 1) * 1000) / 10 : 100;
  const fill = paused ? 'bg-line-strong' : known ? MOVING : UNKNOWN;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? Math.floor(percent) : undefined}
      className={classNames('w-full overflow-hidden rounded-full bg-line-strong/40', thin ? 'h-1' : 'h-2')}
    >
      <div
        className={classNames('h-full rounded-full transition-[width] duration-320', fill)}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
