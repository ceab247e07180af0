export interface CountdownRingProps {
  /** What is left; nothing while that is not known. */
  seconds: number | null;
  /** A full ring. */
  ofSeconds: number;
}

const SIZE = 40;
const WIDTH = 3;

/** Seconds that run out, as a ring and a number. Say in words beside it what they are for: the picture is silent. */
export function CountdownRing({ seconds, ofSeconds }: CountdownRingProps) {
  const left = seconds === null ? 0 : Math.min(100, (seconds / ofSeconds) * 100);
  const circle = {
    cx: SIZE / 2,
    cy: SIZE / 2,
    r: (SIZE - WIDTH) / 2,
    fill: 'none',
    strokeWidth: WIDTH,
    pathLength: 100,
  };
  return (
    <span className="relative inline-flex size-10 shrink-0 items-center justify-center" aria-hidden="true">
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} className="-rotate-90 absolute inset-0" role="presentation">
        <circle {...circle} stroke="var(--line)" />
        <circle
          {...circle}
          stroke="var(--accent)"
          strokeLinecap="round"
          strokeDasharray={`${left} 100`}
          opacity={left === 0 ? 0 : 1}
          className="transition-[stroke-dasharray] duration-1000 ease-linear"
        />
      </svg>
      <span className="tabular font-semibold text-sm">{seconds}</span>
    </span>
  );
}
