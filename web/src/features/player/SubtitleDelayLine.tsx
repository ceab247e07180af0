import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDelay } from './format-delay';

const SHOWN_MS = 1_800;

/** Says by how much the subtitles are moved, for a moment after each step by key. */
export function SubtitleDelayLine({ delayMs }: { delayMs: number }) {
  const { t, i18n } = useTranslation();
  const [told, setTold] = useState(delayMs);
  useEffect(() => {
    const timer = setTimeout(() => setTold(delayMs), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [delayMs]);
  if (told === delayMs) return null;
  return (
    <p role="status" className="glass-floating tabular rounded-full px-4 py-1.5 text-sm">
      {t('player.tracks.delayed', { delay: formatDelay(delayMs, i18n.language) })}
    </p>
  );
}
