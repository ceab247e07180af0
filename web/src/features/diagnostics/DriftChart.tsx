import { useTranslation } from 'react-i18next';
import { formatMediaTime } from '@/lib/format';
import type { Records } from './diagnostics-store';
import { BOX, driftChart } from './drift-chart';

/** How far short marks of corrections reach up from the lower edge. */
const TICK = 12;

/** The last thousand points, with what was done to the player and to the film. */
export function DriftChart({ records }: { records: Records }) {
  const { t } = useTranslation();
  const chart = driftChart(records);
  if (chart === null) return <p className="py-6 text-center text-dim text-sm">{t('diagnostics.noSamples')}</p>;
  const { path, limitMs, spanMs, corrections, commands } = chart;
  const span = formatMediaTime(spanMs);
  return (
    <figure className="flex flex-col gap-1">
      <div className="relative rounded-sm bg-inset">
        <svg
          viewBox={`0 0 ${BOX.width} ${BOX.height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t('diagnostics.chart', { span, limit: limitMs })}
          className="block h-28 w-full *:[vector-effect:non-scaling-stroke]"
        >
          <path d={`M0 ${BOX.height / 2}H${BOX.width}`} stroke="var(--line-strong)" strokeDasharray="2 4" />
          <path d={commands.map((x) => `M${x} 0V${BOX.height}`).join('')} stroke="var(--accent)" />
          <path
            d={corrections.map((x) => `M${x} ${BOX.height}v-${TICK}`).join('')}
            stroke="var(--text-dim)"
            strokeWidth="1.5"
          />
          <path d={path} fill="none" stroke="var(--person-1)" strokeWidth="1.5" strokeLinejoin="round" />
        </svg>
        <span className="tabular absolute top-0.5 left-1.5 text-faint text-xs">+{limitMs} ms</span>
        <span className="tabular absolute bottom-3.5 left-1.5 text-faint text-xs">−{limitMs} ms</span>
      </div>
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 text-dim text-xs">
        <span className="tabular flex-1 whitespace-nowrap">{t('diagnostics.span', { span })}</span>
        <Legend mark="h-2 w-0.5 bg-(--text-dim)" label={t('diagnostics.corrections')} />
        <Legend mark="h-3.5 w-0.5 bg-accent" label={t('diagnostics.commands')} />
      </figcaption>
    </figure>
  );
}

function Legend({ mark, label }: { mark: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span className={mark} aria-hidden="true" />
      {label}
    </span>
  );
}
