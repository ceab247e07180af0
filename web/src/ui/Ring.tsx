import type { ReactNode } from 'react';
import { classNames } from './class-names';

/** How well somebody is in step: SPEC's synced, drifting, desynced; `unknown` before the first measurement, `connecting` of oneself while
 * the room is out of reach. */
export type SyncRing = 'good' | 'soft' | 'off' | 'unknown' | 'connecting';

export interface RingProps {
  state: SyncRing;
  size?: number;
  /** Read aloud when the ring stands alone. */
  label?: string;
  children?: ReactNode;
}

const COLORS: Record<SyncRing, string> = {
  good: 'var(--sync-good)',
  soft: 'var(--sync-soft)',
  off: 'var(--sync-off)',
  unknown: 'var(--line-strong)',
  connecting: 'var(--text-dim)',
};

// The arc's length differs as well as its colour, so the state can be told without colours.
const ARCS: Record<SyncRing, number> = { good: 100, soft: 66, off: 30, unknown: 0, connecting: 0 };

/** The small ring of the sync state, alone or around an avatar. */
export function Ring({ state, size = 16, label, children }: RingProps) {
  const width = size > 24 ? 2 : 2.5;
  const radius = (size - width) / 2;
  const measured = ARCS[state] > 0;
  const circle = { cx: size / 2, cy: size / 2, r: radius, fill: 'none', strokeWidth: width, pathLength: 100 };
  return (
    <span
      className={classNames(
        'relative inline-flex shrink-0 items-center justify-center',
        state === 'connecting' && 'animate-pulse',
      )}
      style={{ width: size, height: size }}
      {...(label ? { role: 'img', 'aria-label': label } : {})}
      data-sync={state}
    >
      <svg
        viewBox={`0 0 ${size} ${size}`}
        width={size}
        height={size}
        className="-rotate-90 absolute inset-0"
        aria-hidden="true"
      >
        <circle
          {...circle}
          stroke={state === 'connecting' ? COLORS.connecting : 'var(--line)'}
          strokeDasharray={measured ? undefined : '6 6.5'}
        />
        <circle
          {...circle}
          stroke={COLORS[state]}
          strokeLinecap="round"
          strokeDasharray={`${ARCS[state]} 100`}
          className="transition-[stroke,stroke-dasharray] duration-320"
          opacity={measured ? 1 : 0}
        />
      </svg>
      {children}
    </span>
  );
}
