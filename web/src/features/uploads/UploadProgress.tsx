import { Pause, Play, RotateCw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { VideoId } from '@/api/generated/protocol';
import { orTell } from '@/api/or-tell';
import { formatPercent } from '@/lib/format';
import { IconButton } from '@/ui/IconButton';
import { ProgressBar } from '@/ui/ProgressBar';
import { ReselectFile } from './ReselectFile';
import { isOpen, sentShare, type UploadEntry } from './upload-entry';
import { cancelUpload, dropUpload, pauseUpload, resumeUpload } from './upload-store';
import { useUploadLine } from './use-upload-line';
import { useUploadOf } from './use-uploads';

/**
 * The upload of one film as far as this browser sends it; nothing for films that come from elsewhere. Without a bar
 * where a larger one already shows the same.
 */
export function UploadProgress({ videoId, bar = true }: { videoId: VideoId; bar?: boolean }) {
  const entry = useUploadOf(videoId);
  return entry && isOpen(entry) ? <UploadRow entry={entry} bar={bar} /> : null;
}

interface UploadRowProps {
  entry: UploadEntry;
  bar?: boolean;
  /** What happens to one that failed, instead of taking it from the list. */
  onDismiss?: () => void;
}

/** One upload: its file, its bar, what happens right now, and what can be done about it. */
export function UploadRow({ entry, bar = true, onDismiss = () => dropUpload(entry.id) }: UploadRowProps) {
  const { i18n } = useTranslation();
  const line = useUploadLine(entry);
  const share = sentShare(entry);
  const { kind } = entry.state;
  // Refused for good, or before a byte went out: there is no share to speak of.
  const nothing = entry.state.kind === 'failed' && (!entry.state.retriable || entry.sentBytes === 0);
  const still = kind === 'paused' || kind === 'interrupted' || kind === 'failed' || kind === 'waiting';
  return (
    <div className="flex w-full flex-col gap-2.5">
      <div className="flex items-center gap-2">
        <div className="flex min-w-0 flex-1 flex-col">
          <span className="truncate font-medium text-sm">{entry.fileName}</span>
          <span
            className={kind === 'failed' ? 'text-alert text-sm' : 'tabular text-dim text-sm'}
            role={kind === 'failed' ? 'alert' : undefined}
          >
            {line}
          </span>
        </div>
        {nothing ? null : <span className="tabular text-dim text-sm">{formatPercent(share, i18n.language)}</span>}
        <UploadControls entry={entry} onDismiss={onDismiss} />
      </div>
      {bar && !nothing ? (
        <ProgressBar
          label={entry.fileName}
          value={kind === 'starting' && share === 0 ? undefined : share}
          paused={still}
        />
      ) : null}
      {kind === 'interrupted' ? <ReselectFile /> : null}
    </div>
  );
}

function UploadControls({ entry, onDismiss }: { entry: UploadEntry; onDismiss: () => void }) {
  const { t } = useTranslation();
  const { id, state } = entry;
  return (
    <span className="flex">
      {state.kind === 'sending' || state.kind === 'waiting' ? (
        <IconButton size="sm" label={t('uploads.pause')} icon={<Pause size={18} />} onClick={() => pauseUpload(id)} />
      ) : null}
      {state.kind === 'paused' ? (
        <IconButton size="sm" label={t('uploads.resume')} icon={<Play size={18} />} onClick={() => resumeUpload(id)} />
      ) : null}
      {state.kind === 'failed' && state.retriable ? (
        <IconButton size="sm" label={t('ui.tryAgain')} icon={<RotateCw size={18} />} onClick={() => resumeUpload(id)} />
      ) : null}
      <IconButton
        size="sm"
        label={state.kind === 'failed' ? t('ui.dismiss') : t('uploads.cancel')}
        icon={<X size={18} />}
        onClick={() => (state.kind === 'failed' ? onDismiss() : orTell(cancelUpload(id)))}
      />
    </span>
  );
}
