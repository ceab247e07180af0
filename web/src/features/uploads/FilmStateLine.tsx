import { CircleAlert, Clock3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { VideoView } from '@/api/generated/protocol';
import { partsOf } from '@/api/video-parts';
import { formatPercent, formatRate, formatWait } from '@/lib/format';
import { ProgressBar } from '@/ui/ProgressBar';
import { failureWords } from './failure-words';
import { expiresSoon, expiryWords } from './film-expiry';
import type { FilmPace } from './film-pace';
import { filmState } from './film-state';
import { useFilmPace } from './use-film-pace';

/** Where a film is on its way, and when it goes; nothing for one that is ready and stays. */
export function FilmStateLine({ film }: { film: VideoView }) {
  return (
    <>
      <State film={film} />
      <Expiry film={film} />
    </>
  );
}

function State({ film }: { film: VideoView }) {
  const { t } = useTranslation();
  const state = filmState(film);
  switch (state.kind) {
    case 'ready':
      return null;
    case 'failed': {
      const { reason, advice } = failureWords(state.code, t);
      return (
        <p className="mt-1 flex items-start gap-1.5 text-alert text-xs">
          <CircleAlert size={14} className="mt-px shrink-0" aria-hidden="true" />
          <span>
            {reason}
            {advice ? <span className="block text-dim">{advice}</span> : null}
          </span>
        </p>
      );
    }
    case 'queued':
      return (
        <p className="mt-1 text-dim text-xs">
          {state.place === null || state.place < 1
            ? t('uploads.films.pending')
            : t('uploads.films.place', { place: state.place })}
        </p>
      );
    case 'scanning':
      return (
        <div className="mt-1.5 flex flex-col gap-1.5">
          <ProgressBar label={film.title} thin />
          <p className="text-dim text-xs">{t('uploads.films.scanning')}</p>
        </div>
      );
    case 'stalled':
      return (
        <div className="mt-1.5 flex flex-col gap-1.5">
          <ProgressBar label={film.title} value={state.share} paused thin />
          <p className="text-dim text-xs">{t('uploads.films.stalled')}</p>
        </div>
      );
    case 'working':
      return <Working film={film} text={state.text} share={state.share} />;
  }
}

function Working({ film, text, share }: { film: VideoView; text: 'uploading' | 'processing'; share: number }) {
  const { t, i18n } = useTranslation();
  const pace = paceWords(useFilmPace(film), t, i18n.language);
  const left = film.etaSeconds === null ? null : formatWait(film.etaSeconds, i18n.language);
  return (
    <div className="mt-1.5 flex flex-col gap-1.5">
      <ProgressBar label={film.title} value={share} thin />
      <p className="tabular flex justify-between gap-3 text-dim text-xs">
        <span>{left === null ? t(`uploads.films.${text}`) : t(`uploads.films.${text}Left`, { left })}</span>
        <span>{formatPercent(share, i18n.language)}</span>
      </p>
      {/* The line is there before the figure is, so that nothing moves when it comes. */}
      <p className="tabular flex min-h-4.5 flex-wrap justify-between gap-x-3 text-faint text-xs">
        <span>{pace}</span>
        {film.playable ? <span className="text-ink">{t('uploads.films.watchable')}</span> : null}
      </p>
    </div>
  );
}

function paceWords(pace: FilmPace | null, t: ReturnType<typeof useTranslation>['t'], locale: string): string | null {
  switch (pace?.kind) {
    case 'arriving':
      return formatRate(pace.bytesPerSecond, locale);
    case 'made': {
      const digits = pace.times < 10 ? 1 : 0;
      const times = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(pace.times);
      return t('uploads.films.pace', { times });
    }
    case undefined:
      return null;
  }
}

/** Told a week before, so that there is time to watch it once more. */
function Expiry({ film }: { film: VideoView }) {
  const { t, i18n } = useTranslation();
  const { expiresAtMs } = partsOf(film);
  const now = Date.now();
  if (expiresAtMs === null || !expiresSoon(expiresAtMs, now)) return null;
  return (
    <p className="mt-1 flex items-center gap-1.5 text-accent-text text-xs">
      <Clock3 size={14} className="shrink-0" aria-hidden="true" />
      {t('uploads.films.expires', { when: expiryWords(expiresAtMs, now, i18n.language) })}
    </p>
  );
}
