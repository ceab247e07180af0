import { Clapperboard, Ellipsis, Play, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VideoView } from '@/api/generated/protocol';
import { hasFailed } from '@/api/has-failed';
import { formatBytes, formatMediaTime } from '@/lib/format';
import { Button } from '@/ui/Button';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import { DeleteFilm } from './DeleteFilm';
import { FilmDetails } from './FilmDetails';
import { FilmStateLine } from './FilmStateLine';
import { RenameFilm } from './RenameFilm';
import { useFilmActions } from './use-film-actions';

export interface FilmCardProps {
  film: VideoView;
  onChanged: () => void;
}

export function FilmCard({ film, onChanged }: FilmCardProps) {
  const { t, i18n } = useTranslation();
  const [dialog, setDialog] = useState<'details' | 'rename' | 'delete'>();
  const { entries, watch, retry } = useFilmActions(film, {
    onChanged,
    onDetails: () => setDialog('details'),
    onRename: () => setDialog('rename'),
    onDelete: () => setDialog('delete'),
  });
  const close = () => setDialog(undefined);
  return (
    <article className="flex flex-col gap-3" aria-label={film.title}>
      <Poster film={film} onWatch={watch} />
      <div className="flex items-start gap-1">
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <h2 className="line-clamp-2 font-semibold text-sm wrap-anywhere">{film.title}</h2>
          <p className="tabular text-faint text-xs">
            {film.height ? `${film.height}p · ` : ''}
            {formatBytes(film.sizeBytes, i18n.language)} · {dateOf(film.createdAtMs, i18n.language)}
          </p>
        </div>
        <Menu
          trigger={
            <IconButton
              size="sm"
              label={t('uploads.films.actions', { title: film.title })}
              icon={<Ellipsis size={18} />}
            />
          }
          entries={entries}
        />
      </div>
      <div className="-mt-3 flex flex-col">
        <FilmStateLine film={film} />
        {retry ? (
          <Button
            size="sm"
            className="mt-2 self-start"
            icon={<RotateCw size={16} aria-hidden="true" />}
            onClick={retry}
          >
            {t('ui.tryAgain')}
          </Button>
        ) : null}
      </div>
      {dialog === 'details' ? <FilmDetails film={film} onClose={close} /> : null}
      {dialog === 'rename' ? <RenameFilm film={film} onClose={close} onChanged={onChanged} /> : null}
      {dialog === 'delete' ? <DeleteFilm film={film} onClose={close} onChanged={onChanged} /> : null}
    </article>
  );
}

/** The picture, and the shortest way to a film night: pressed, it opens a room with this film. */
function Poster({ film, onWatch }: { film: VideoView; onWatch: () => void }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      disabled={hasFailed(film)}
      aria-label={t('home.films.start', { title: film.title })}
      onClick={onWatch}
      className="group relative block aspect-video w-full overflow-hidden rounded-md border border-line bg-inset shadow-[0_16px_40px_-20px_var(--shadow)]"
    >
      {film.posterUrl ? (
        <img
          src={film.posterUrl}
          alt=""
          loading="lazy"
          className="size-full object-cover transition-[scale] duration-320 group-hover:scale-[1.03]"
        />
      ) : (
        <span className="flex size-full items-center justify-center text-faint">
          <Clapperboard size={34} strokeWidth={1.5} aria-hidden="true" />
        </span>
      )}
      {hasFailed(film) ? null : (
        <span className="absolute inset-0 grid place-items-center bg-[oklch(0.1_0.01_285/0.35)] opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100">
          <span className="inline-flex size-14 items-center justify-center rounded-full bg-accent text-accent-ink">
            <Play size={24} fill="currentColor" aria-hidden="true" />
          </span>
        </span>
      )}
      {film.durationMs ? (
        <span className="tabular absolute right-2 bottom-2 rounded-[6px] bg-[oklch(0.12_0.01_285/0.78)] px-1.5 py-0.5 font-medium text-white text-xs">
          {formatMediaTime(film.durationMs)}
        </span>
      ) : null}
    </button>
  );
}

function dateOf(atMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(atMs);
}
