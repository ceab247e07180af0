import { useTranslation } from 'react-i18next';
import type { VideoView } from '@/api/generated/protocol';
import { hasFailed } from '@/api/has-failed';
import { isOpen, sentShare, UploadProgress, useUploadOf } from '@/features/uploads';
import { formatPercent, formatWait } from '@/lib/format';
import { ProgressBar } from '@/ui/ProgressBar';
import { FilmFailed } from './FilmFailed';
import { filmPhases } from './film-phases';

/** How far the film is that everybody waits for. Whoever sends it also sees rate and controls of his upload. */
export function FilmProgress({ video }: { video: VideoView }) {
  if (hasFailed(video)) return <FilmFailed video={video} />;
  return (
    <div className="flex w-full max-w-lg flex-col gap-5">
      <h2 className="truncate text-center font-semibold text-lg">
        <bdi>{video.title}</bdi>
      </h2>
      <Phases video={video} />
      <UploadProgress videoId={video.id} bar={false} />
    </div>
  );
}

function Phases({ video }: { video: VideoView }) {
  const { t, i18n } = useTranslation();
  const phases = filmPhases(video);
  const own = useUploadOf(video.id);
  // Whoever sends it knows better than the server how far it is, and reads the rest beside the controls below.
  const sending = own && isOpen(own) ? own : undefined;
  const left = video.etaSeconds === null ? null : formatWait(video.etaSeconds, i18n.language);
  const share = video.status === 'uploading' ? phases.upload : phases.prepare;
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-[2fr_1fr] gap-1.5">
        <ProgressBar
          label={t('room.progress.upload')}
          value={sending ? sentShare(sending) : phases.upload}
          paused={sending?.state.kind === 'paused'}
        />
        <ProgressBar label={t('room.progress.prepare')} value={phases.prepare ?? undefined} paused={video.stalled} />
      </div>
      {sending ? null : (
        <p role="status" className="tabular flex justify-between gap-4 text-dim text-sm">
          <span>{lineOf(phases.line, left, t)}</span>
          {share === null ? null : <span>{formatPercent(share, i18n.language)}</span>}
        </p>
      )}
    </div>
  );
}

function lineOf(
  line: ReturnType<typeof filmPhases>['line'],
  left: string | null,
  t: ReturnType<typeof useTranslation>['t'],
) {
  if (line === 'uploading' && left !== null) return t('room.progress.uploadingLeft', { left });
  if (line === 'processing' && left !== null) return t('room.progress.processingSoon', { left });
  return t(`room.progress.${line}`);
}
