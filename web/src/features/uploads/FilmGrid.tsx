import { useTranslation } from 'react-i18next';
import type { VideoView } from '@/api/generated/protocol';
import { Skeleton } from '@/ui/Skeleton';
import { FilmCard } from './FilmCard';

const GRID = 'grid grid-cols-1 gap-x-5 gap-y-8 min-[480px]:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4';

export function FilmGrid({ films, onChanged }: { films: VideoView[]; onChanged: () => void }) {
  return (
    <ul className={GRID}>
      {films.map((film) => (
        <li key={film.id}>
          <FilmCard film={film} onChanged={onChanged} />
        </li>
      ))}
    </ul>
  );
}

/** The same grid before the films are known. */
export function FilmGridSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('uploads.films.loading')} className={GRID}>
      {['one', 'two', 'three', 'four'].map((key) => (
        <div key={key} className="flex flex-col gap-3">
          <Skeleton className="aspect-video rounded-md" />
          <Skeleton className="h-5 w-3/4" />
          <Skeleton className="h-4 w-1/3" />
        </div>
      ))}
    </div>
  );
}
