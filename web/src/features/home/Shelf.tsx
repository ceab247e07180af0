import { useQuery } from '@tanstack/react-query';
import { ArrowUpRight, DoorOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { MY_ROOMS } from '@/api/rooms';
import type { RoomInfo } from '@/api/types';
import { AvatarStack } from '@/ui/Avatar';
import { EmptyState } from '@/ui/EmptyState';
import { Panel } from '@/ui/Panel';
import { ShelfSkeleton } from './ShelfSkeleton';

/** What somebody comes back to: rooms that are still open. */
export function Shelf() {
  const { t } = useTranslation();
  const rooms = useQuery(MY_ROOMS);
  return (
    <section aria-labelledby="recent-rooms" className="flex flex-col gap-5">
      <h2 id="recent-rooms" className="font-semibold text-lg tracking-[-0.01em]">
        {t('home.recent.title')}
      </h2>
      {rooms.isPending ? <ShelfSkeleton /> : null}
      {rooms.data && rooms.data.items.length > 0 ? (
        <ul className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {rooms.data.items.slice(0, 6).map((room) => (
            <li key={room.id}>
              <RoomCard room={room} />
            </li>
          ))}
        </ul>
      ) : null}
      {rooms.data?.items.length === 0 ? (
        <Panel>
          <EmptyState icon={<DoorOpen size={26} aria-hidden="true" />} title={t('home.recent.empty')} />
        </Panel>
      ) : null}
    </section>
  );
}

function RoomCard({ room }: { room: RoomInfo }) {
  const { t } = useTranslation();
  const inside =
    room.participantCount > 0 ? t('home.recent.people', { count: room.participantCount }) : t('home.recent.nobody');
  return (
    <Link
      to={`/r/${room.code}`}
      className="glass-panel group flex h-full min-h-28 flex-col justify-between gap-4 rounded-lg p-5 transition-[translate] hover:-translate-y-0.5"
    >
      <span className="flex items-start justify-between gap-3">
        <span className="flex min-w-0 flex-col gap-0.5">
          <span className="truncate font-semibold text-base">{room.name}</span>
          <span className="truncate text-dim text-sm">
            {room.watching ? t('home.recent.watching', { title: room.watching }) : inside}
          </span>
        </span>
        <ArrowUpRight
          size={18}
          aria-hidden="true"
          className="mt-1 shrink-0 text-faint transition-colors group-hover:text-accent-text"
        />
      </span>
      <span className="flex items-center justify-between gap-3">
        <AvatarStack people={room.participants} max={4} />
        <span className="tabular ml-auto text-faint text-xs">{room.code}</span>
      </span>
    </Link>
  );
}
