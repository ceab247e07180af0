import { useId } from 'react';

/** The mark, and the name beside it. Self-hosters replace both in one place. */
export function Wordmark({ compact = false }: { compact?: boolean }) {
  const gradient = useId();
  return (
    <span className="inline-flex items-center gap-2.5 font-semibold text-[1.0625rem] tracking-[-0.015em]">
      <svg width="30" height="30" viewBox="0 0 32 32" aria-hidden="true">
        <defs>
          <linearGradient id={gradient} x1="0" y1="0" x2="1" y2="1">
            <stop offset="0" stopColor="var(--accent)" />
            <stop offset="1" stopColor="var(--accent-glow)" />
          </linearGradient>
        </defs>
        <rect width="32" height="32" rx="9.5" fill={`url(#${gradient})`} />
        <path
          d="M9.5 9.900c0-1 1.1-1.6 1.9-1.100l9.4 6.100c.8.5.8 1.7 0 2.200l-9.4 6.100c-.8.5-1.9-.1-1.9-1.100z"
          fill="var(--accent-ink)"
        />
        <path d="M24 9.500v13" stroke="var(--accent-ink)" strokeWidth="2.6" strokeLinecap="round" opacity="0.5" />
      </svg>
      {compact ? null : 'SyncWatch'}
    </span>
  );
}
