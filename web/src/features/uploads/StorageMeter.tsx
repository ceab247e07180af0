import { useTranslation } from 'react-i18next';
import { formatBytes } from '@/lib/format';
import { ProgressBar } from '@/ui/ProgressBar';

export function StorageMeter({ storage }: { storage: { usedBytes: number; quotaBytes: number } }) {
  const { t, i18n } = useTranslation();
  const { usedBytes, quotaBytes } = storage;
  return (
    <div className="flex w-56 flex-col gap-1.5">
      <ProgressBar label={t('uploads.films.storageLabel')} value={quotaBytes > 0 ? usedBytes / quotaBytes : 0} />
      <span className="tabular text-dim text-xs">
        {t('uploads.films.storage', {
          used: formatBytes(usedBytes, i18n.language),
          quota: formatBytes(quotaBytes, i18n.language),
        })}
      </span>
    </div>
  );
}
