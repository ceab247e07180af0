import { useQuery } from '@tanstack/react-query';
import { Film } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { VideoId, VideoView } from '@/api/generated/protocol';
import { useSession as useAccount } from '@/api/session';
import { MY_VIDEOS } from '@/api/videos';

const SHOWN = 6;

/** Films that this account has brought before; nothing for guests, who have only the present one. */
export function MyFilms({ onChoose }: { onChoose: (videoId: VideoId, title: string) => void }) {
  const { t } = useTranslation();
  const account = useAccount(({ session }) => session.kind === 'account');
  const { data } = useQuery({ ...MY_VIDEOS, enabled: account });
  const films = (data?.items ?? []).filter((film) => film.playable).slice(0, SHOWN);
  if (films.length === 0) return null;
  return (
    <section className="flex w-full flex-col gap-3">
      <h3 className="font-medium text-dim text-sm">{t('room.films')}</h3>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        {films.map((film) => (
          <li key={film.id}>
            <button
              type="button"
              aria-label={t('room.choose', { title: film.title })}
              className="group flex w-full flex-col gap-1.5 rounded-md p-1.5 text-left hover:bg-hover"
              onClick={() => onChoose(film.id, film.title)}
            >
              <Poster film={film} />
              <span className="truncate px-1 text-sm">{film.title}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Poster({ film }: { film: VideoView }) {
  return (
    <span className="grid aspect-video w-full place-items-center overflow-hidden rounded-sm bg-inset text-faint">
      {film.posterUrl ? (
        <img src={film.posterUrl} alt="" className="size-full object-cover" />
      ) : (
        <Film size={22} aria-hidden="true" />
      )}
    </span>
  );
}
