import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatMediaTime } from '@/lib/format';
import type { Correction, Records } from './diagnostics-store';

const SHOWN = 5;

/** What was last done to the player and to the film, newest first. */
export function LastDeeds({ records }: { records: Records }) {
  const { t, i18n } = useTranslation();
  const now = performance.now();
  const deeds = [
    ...records.corrections
      .slice(-SHOWN)
      .map((done) => ({ at: done.at, words: correctionWords(done, t, i18n.language) })),
    ...records.commands
      .slice(-SHOWN)
      .map(({ at, kind, sequenceNumber }) => ({ at, words: `${kind} #${sequenceNumber}` })),
  ]
    .sort((a, b) => b.at - a.at)
    .slice(0, SHOWN);
  if (deeds.length === 0) return null;
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-medium text-faint text-xs">{t('diagnostics.last')}</h3>
      <ol className="tabular text-sm">
        {deeds.map(({ at, words }) => (
          <li key={`${at} ${words}`} className="flex justify-between gap-4">
            <span className="truncate">{words}</span>
            <span className="whitespace-nowrap text-dim">
              {t('diagnostics.ago', { time: formatMediaTime(now - at) })}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function correctionWords(correction: Correction, t: TFunction, locale: string): string {
  switch (correction.kind) {
    case 'seek':
      return t('diagnostics.did.seek', { position: formatMediaTime(correction.toMs) });
    case 'rate':
      return t('diagnostics.did.rate', {
        rate: new Intl.NumberFormat(locale, { minimumFractionDigits: 4 }).format(correction.rate),
      });
    case 'play':
    case 'pause':
    case 'lowerQuality':
      return t(`diagnostics.did.${correction.kind}`);
  }
}
