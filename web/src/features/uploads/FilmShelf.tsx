import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Film } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { MY_VIDEOS } from '@/api/videos';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { Panel } from '@/ui/Panel';
import { FilmGrid, FilmGridSkeleton } from './FilmGrid';

/** One row: the newest films, and the way to all of them. */
const SHOWN = 4;

export function FilmShelf() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const films = useQuery(MY_VIDEOS);
  const refresh = () => void client.invalidateQueries(MY_VIDEOS);
  return (
    <section aria-labelledby="film-shelf" className="flex flex-col gap-5">
      <div className="flex items-center justify-between">
        <h2 id="film-shelf" className="font-semibold text-lg tracking-[-0.01em]">
          {t('home.films.title')}
        </h2>
        <Button variant="quiet" size="sm" asChild>
          <Link to="/films">{t('home.films.all')}</Link>
        </Button>
      </div>
      {films.isPending ? <FilmGridSkeleton /> : null}
      {films.data?.items.length === 0 ? (
        <Panel>
          <EmptyState icon={<Film size={26} aria-hidden="true" />} title={t('home.films.empty')} />
        </Panel>
      ) : null}
      {films.data && films.data.items.length > 0 ? (
        <FilmGrid films={films.data.items.slice(0, SHOWN)} onChanged={refresh} />
      ) : null}
    </section>
  );
}
