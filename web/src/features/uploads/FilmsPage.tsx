import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CloudOff, Film, SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import type { VideoView } from '@/api/generated/protocol';
import { problemMessage } from '@/api/problem';
import { useSession } from '@/api/session';
import { MY_VIDEOS } from '@/api/videos';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { Panel } from '@/ui/Panel';
import { Skeleton } from '@/ui/Skeleton';
import { usePageTitle } from '@/ui/use-page-title';
import { DropTarget } from './DropTarget';
import { FilePicker } from './FilePicker';
import { FilmGrid, FilmGridSkeleton } from './FilmGrid';
import { FilmTools } from './FilmTools';
import { arranged } from './film-order';
import { isMoving } from './film-state';
import { StorageMeter } from './StorageMeter';
import { UploadRow } from './UploadProgress';
import { isOpen } from './upload-entry';
import { uploadFile } from './upload-store';
import { useFilmOrder } from './use-film-order';
import { useUploads } from './use-uploads';

const LOOK_AGAIN_MS = 2_000;

/** Everything somebody has uploaded (UPL-5). */
export function FilmsPage() {
  const { t } = useTranslation();
  const session = useSession((state) => state.session);
  const { pathname } = useLocation();
  usePageTitle(t('uploads.films.title'));
  if (session.kind === 'restoring') return <FilmsSkeleton />;
  if (session.kind === 'nobody') return <Navigate to={`/login?next=${encodeURIComponent(pathname)}`} replace />;
  return <Films />;
}

function Films() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const films = useQuery({
    ...MY_VIDEOS,
    refetchInterval: ({ state }) => (isMoving(state.data?.items ?? []) ? LOOK_AGAIN_MS : false),
  });
  const refresh = () => void client.invalidateQueries(MY_VIDEOS);
  const take = (files: File[]) => {
    for (const file of files) uploadFile(file, { onCreated: refresh });
  };
  const uploads = useUploads().filter(isOpen);

  return (
    <div className="flex flex-col gap-7 pt-6">
      <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="flex flex-col gap-2">
          <h1 className="font-semibold text-xl tracking-[-0.02em]">{t('uploads.films.title')}</h1>
          {films.data ? (
            <StorageMeter storage={films.data.storage} films={films.data.items} />
          ) : (
            <Skeleton className="h-[1.8rem] w-64" />
          )}
        </div>
        <DropTarget onFiles={take} />
        <FilePicker onFiles={take} />
      </header>
      {uploads.length > 0 ? (
        <Panel className="flex flex-col gap-6 p-5">
          {uploads.map((entry) => (
            <UploadRow key={entry.id} entry={entry} />
          ))}
        </Panel>
      ) : null}
      {films.isPending ? <FilmGridSkeleton /> : null}
      {films.isError ? (
        <Panel>
          <EmptyState
            role="alert"
            icon={<CloudOff size={26} aria-hidden="true" />}
            title={t('uploads.films.unavailable')}
            text={problemMessage(films.error)}
            action={<Button onClick={refresh}>{t('ui.tryAgain')}</Button>}
          />
        </Panel>
      ) : null}
      {films.data?.items.length === 0 && uploads.length === 0 ? (
        <Panel>
          <EmptyState
            icon={<Film size={26} aria-hidden="true" />}
            title={t('uploads.films.emptyTitle')}
            text={t('uploads.films.emptyText')}
          />
        </Panel>
      ) : null}
      {films.data && films.data.items.length > 0 ? <Library films={films.data.items} onChanged={refresh} /> : null}
    </div>
  );
}

/** Films up to so many are seen at a glance. */
const A_GLANCE = 6;

function Library({ films, onChanged }: { films: VideoView[]; onChanged: () => void }) {
  const { t, i18n } = useTranslation();
  const tools = useFilmOrder();
  const shown = arranged(films, tools, i18n.language);
  return (
    <>
      {films.length > A_GLANCE || tools.query !== '' ? <FilmTools {...tools} /> : null}
      {shown.length > 0 ? (
        <FilmGrid films={shown} onChanged={onChanged} />
      ) : (
        <Panel>
          <EmptyState
            icon={<SearchX size={26} aria-hidden="true" />}
            title={t('uploads.films.notFound', { query: tools.query })}
            action={<Button onClick={() => tools.search('')}>{t('uploads.films.showAll')}</Button>}
          />
        </Panel>
      )}
    </>
  );
}

function FilmsSkeleton() {
  return (
    <div className="flex flex-col gap-7 pt-6">
      <Skeleton className="h-9 w-48" />
      <FilmGridSkeleton />
    </div>
  );
}
