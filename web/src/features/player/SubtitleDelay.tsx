import { Minus, Plus, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { VideoId } from '@/api/generated/protocol';
import { IconButton } from '@/ui/IconButton';
import { formatDelay } from './format-delay';
import { DELAY_STEP_MS, delaySubtitles, resetDelay } from './subtitle-store';

/** Moves what is read against what is heard, in steps of a tenth of a second. */
export function SubtitleDelay({ film, delayMs }: { film: VideoId; delayMs: number }) {
  const { t, i18n } = useTranslation();
  return (
    <fieldset className="flex min-h-11 items-center justify-between gap-3">
      <legend className="sr-only">{t('player.tracks.delay')}</legend>
      <span className="text-sm" aria-hidden="true">
        {t('player.tracks.delay')}
      </span>
      <span className="flex items-center gap-1">
        {delayMs === 0 ? null : (
          <IconButton
            size="sm"
            label={t('player.tracks.resetDelay')}
            icon={<RotateCcw size={16} aria-hidden="true" />}
            onClick={() => resetDelay(film)}
          />
        )}
        <IconButton
          size="sm"
          label={t('player.tracks.earlier')}
          shortcut="g"
          icon={<Minus size={16} aria-hidden="true" />}
          onClick={() => delaySubtitles(film, -DELAY_STEP_MS)}
        />
        <output className="tabular w-16 text-center text-sm">{formatDelay(delayMs, i18n.language)}</output>
        <IconButton
          size="sm"
          label={t('player.tracks.later')}
          shortcut="h"
          icon={<Plus size={16} aria-hidden="true" />}
          onClick={() => delaySubtitles(film, DELAY_STEP_MS)}
        />
      </span>
    </fieldset>
  );
}
