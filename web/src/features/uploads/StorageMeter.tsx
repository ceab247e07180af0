import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VideoView } from '@/api/generated/protocol';
import { formatBytes } from '@/lib/format';
import { Popover } from '@/ui/Popover';
import { ProgressBar } from '@/ui/ProgressBar';
import { arranged } from './film-order';

interface StorageMeterProps {
  storage: { usedBytes: number; quotaBytes: number };
  films: readonly VideoView[];
}

/** So many of the largest are named. */
const NAMED = 5;
/** From here on the next film may not fit. */
const NEARLY_FULL = 0.9;

/** The space that is used of what there is; pressed, what takes most of it. */
export function StorageMeter({ storage, films }: StorageMeterProps) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const { usedBytes, quotaBytes } = storage;
  const share = quotaBytes > 0 ? usedBytes / quotaBytes : 0;
  const largest = arranged(films, { order: 'largest', query: '' }, i18n.language).slice(0, NAMED);
  const words = t('uploads.films.storage', {
    used: formatBytes(usedBytes, i18n.language),
    quota: formatBytes(quotaBytes, i18n.language),
  });
  return (
    <div className="flex w-64 max-w-full flex-col gap-1">
      <ProgressBar label={t('uploads.films.storageLabel')} value={share} />
      {largest.length === 0 ? (
        <p className="tabular text-dim text-xs">{words}</p>
      ) : (
        <Popover
          title={t('uploads.films.largest')}
          align="start"
          open={open}
          onOpenChange={setOpen}
          trigger={
            <button
              type="button"
              className="touch-target tabular inline-flex items-center gap-1 self-start rounded-sm text-dim text-xs hover:text-ink"
            >
              {words}
              <ChevronDown size={14} aria-hidden="true" />
            </button>
          }
        >
          <ul className="flex flex-col gap-3">
            {largest.map(({ id, title, sizeBytes }) => (
              <li key={id} className="flex flex-col gap-1 text-sm">
                <span className="flex justify-between gap-4">
                  <bdi className="truncate">{title}</bdi>
                  <span className="tabular whitespace-nowrap text-dim">{formatBytes(sizeBytes, i18n.language)}</span>
                </span>
                <ProgressBar label={title} value={usedBytes > 0 ? sizeBytes / usedBytes : 0} thin />
              </li>
            ))}
          </ul>
        </Popover>
      )}
      {share >= NEARLY_FULL ? <p className="text-accent-text text-xs">{t('uploads.films.nearlyFull')}</p> : null}
    </div>
  );
}
