import { useTranslation } from 'react-i18next';
import { codeMessage } from '@/api/problem';
import { formatBytes, formatRate, formatWait } from '@/lib/format';
import { secondsLeft } from './rate-meter';
import type { UploadEntry } from './upload-entry';

/** What an upload does right now, in one line. */
export function useUploadLine(entry: UploadEntry): string {
  const { t, i18n } = useTranslation();
  const { state, sentBytes, sizeBytes } = entry;
  switch (state.kind) {
    case 'starting':
      return t('uploads.starting');
    case 'paused':
      return t('uploads.paused', { size: formatBytes(sizeBytes - sentBytes, i18n.language) });
    case 'waiting':
      return t('uploads.waiting');
    case 'interrupted':
      return t('uploads.interrupted');
    case 'failed':
      return state.code === 'file_gone' ? t('uploads.fileGone') : codeMessage(state.code);
    case 'done':
      return t('uploads.done');
    case 'sending': {
      const left = secondsLeft(sizeBytes - sentBytes, state.bytesPerSecond);
      if (left === undefined || state.bytesPerSecond === undefined) return t('uploads.sending');
      return t('uploads.rate', {
        rate: formatRate(state.bytesPerSecond, i18n.language),
        left: formatWait(left, i18n.language),
      });
    }
  }
}
