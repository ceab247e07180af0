import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { VideoView } from '@/api/generated/protocol';
import { codeMessage } from '@/api/problem';
import { formatWait } from '@/lib/format';
import { ProgressBar } from '@/ui/ProgressBar';
import { filmState } from './film-state';

/** Where a film is on its way; nothing for one that is ready. */
export function FilmStateLine({ film }: { film: VideoView }) {
  const { t, i18n } = useTranslation();
  const state = filmState(film);
  switch (state.kind) {
    case 'ready':
      return null;
    case 'failed':
      return (
        <p className="mt-1 flex items-start gap-1.5 text-alert text-xs">
          <CircleAlert size={14} className="mt-px shrink-0" aria-hidden="true" />
          {codeMessage(state.code)}
        </p>
      );
    case 'stalled':
      return (
        <div className="mt-1.5 flex flex-col gap-1.5">
          <ProgressBar label={film.title} value={state.share} paused thin />
          <p className="text-dim text-xs">{t('uploads.films.stalled')}</p>
        </div>
      );
    case 'working': {
      const left = film.etaSeconds === null ? undefined : formatWait(film.etaSeconds, i18n.language);
      const text =
        state.text === 'processing' && left
          ? t('uploads.films.processingLeft', { left })
          : t(`uploads.films.${state.text}`);
      return (
        <div className="mt-1.5 flex flex-col gap-1.5">
          <ProgressBar label={film.title} value={state.share} thin />
          <p className="text-dim text-xs">
            {text}
            {state.playable ? ` · ${t('uploads.films.watchable')}` : ''}
          </p>
        </div>
      );
    }
  }
}
