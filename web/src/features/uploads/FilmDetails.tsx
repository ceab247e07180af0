import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { VideoView } from '@/api/generated/protocol';
import { partsOf } from '@/api/video-parts';
import { videoDetails } from '@/api/videos';
import { formatBitRate, formatBytes, formatMediaTime } from '@/lib/format';
import { Dialog } from '@/ui/Dialog';
import { Skeleton } from '@/ui/Skeleton';
import { FilmStateLine } from './FilmStateLine';
import { audioFacts, codecName, subtitleFacts, videoFacts } from './film-facts';
import { type FilmDetails as Details, parseDetails } from './film-report';

/** Everything that is known about a film: what is in its file, what is made of it, and why (TRN-2, TRN-3). */
export function FilmDetails({ film, onClose }: { film: VideoView; onClose: () => void }) {
  const { t } = useTranslation();
  const details = useQuery({
    queryKey: ['videos', 'details', film.id, film.status],
    queryFn: async () => parseDetails(await videoDetails(film.id)),
    retry: false,
  });
  return (
    <Dialog open onOpenChange={onClose} size="md" title={film.title} description={t('uploads.details.about')}>
      <FilmStateLine film={film} />
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-3 text-sm">
        <FileFacts film={film} container={details.data?.report?.container ?? null} />
        {details.isPending ? <Pending /> : null}
        {details.data ? <Streams details={details.data} /> : null}
        <Made film={film} />
      </dl>
      {details.data && details.data.decisions.length > 0 ? <Decisions decisions={details.data.decisions} /> : null}
      {details.isError ? <p className="text-faint text-xs">{t('uploads.details.unknown')}</p> : null}
    </Dialog>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-faint">{name}</dt>
      <dd className="tabular flex flex-col gap-1 wrap-anywhere">{children}</dd>
    </div>
  );
}

function FileFacts({ film, container }: { film: VideoView; container: string | null }) {
  const { t, i18n } = useTranslation();
  const { durationMs, sizeBytes, createdAtMs } = film;
  const { expiresAtMs } = partsOf(film);
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' });
  const facts = [
    container ? codecName(container) : null,
    formatBytes(sizeBytes, i18n.language),
    durationMs ? formatMediaTime(durationMs) : null,
    durationMs ? formatBitRate((sizeBytes * 8_000) / durationMs, i18n.language) : null,
  ];
  return (
    <>
      <Fact name={t('uploads.details.file')}>{facts.filter((fact) => fact !== null).join(' · ')}</Fact>
      <Fact name={t('uploads.details.since')}>{date.format(createdAtMs)}</Fact>
      {expiresAtMs === null ? null : (
        <Fact name={t('uploads.details.until')}>
          {date.format(expiresAtMs)}
          <span className="text-faint text-xs">{t('uploads.details.untilHint')}</span>
        </Fact>
      )}
    </>
  );
}

function Pending() {
  return (
    <>
      <Skeleton className="h-5 w-14" />
      <Skeleton className="h-5 w-3/4" />
      <Skeleton className="h-5 w-14" />
      <Skeleton className="h-5 w-1/2" />
    </>
  );
}

function Streams({ details: { report } }: { details: Details }) {
  const { t, i18n } = useTranslation();
  if (!report) return null;
  const groups = [
    {
      name: t('uploads.details.picture'),
      lines: report.video.filter(isFilm).map((s) => videoFacts(s, t, i18n.language)),
    },
    { name: t('uploads.details.sound'), lines: report.audio.map((s) => audioFacts(s, t, i18n.language)) },
    { name: t('uploads.details.subtitles'), lines: report.subtitles.map((s) => subtitleFacts(s, t, i18n.language)) },
  ];
  return groups.map(({ name, lines }) => (
    <Fact key={name} name={name}>
      {lines.length === 0 ? (
        <span className="text-faint">{t('uploads.details.none')}</span>
      ) : (
        lines.map((line, index) => (
          // Two streams may well read the same, and their order is that of the file.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <span key={index}>{line}</span>
        ))
      )}
    </Fact>
  ));
}

/** Cover art is a stream of pictures too, and no film. */
function isFilm({ cover }: { cover?: boolean | null | undefined }): boolean {
  return cover !== true;
}

function Made({ film }: { film: VideoView }) {
  const { t } = useTranslation();
  const heights = film.renditions.map(({ height }) => height).sort((a, b) => b - a);
  if (heights.length === 0) return null;
  return (
    <Fact name={t('uploads.details.qualities')}>
      {heights.map((height) => `${height}p`).join(', ')}
      {film.status === 'processing' && film.playable ? (
        <span className="text-faint text-xs">{t('uploads.details.more')}</span>
      ) : null}
    </Fact>
  );
}

function Decisions({ decisions }: Pick<Details, 'decisions'>) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="film-decisions" className="flex flex-col gap-3 border-line border-t pt-4">
      <h3 id="film-decisions" className="font-medium text-faint text-xs">
        {t('uploads.details.decisions')}
      </h3>
      {/* The server's own words, in English whatever the page's language. */}
      <dl lang="en" className="flex flex-col gap-2.5 text-sm">
        {decisions.map(({ choice, reason }) => (
          <div key={`${choice} ${reason}`} className="flex flex-col">
            <dt className="font-medium">{choice}</dt>
            <dd className="text-dim text-xs">{reason}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
