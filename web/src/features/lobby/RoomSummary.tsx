import { Clapperboard } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RoomInfo } from '@/api/types';
import { AvatarStack } from '@/ui/Avatar';

export function RoomSummary({ room }: { room: RoomInfo }) {
  const { t, i18n } = useTranslation();
  const names = new Intl.ListFormat(i18n.language).format(room.participants.map((person) => person.name));
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-1">
        <h1 className="text-balance font-semibold text-xl tracking-[-0.02em] wrap-anywhere">{room.name}</h1>
        <p className="text-dim text-sm wrap-anywhere">{t('lobby.ownedBy', { name: room.ownerName })}</p>
      </div>
      <div className="flex items-center gap-3 rounded-md border border-line bg-inset p-3.5">
        <span className="inline-flex size-10 shrink-0 items-center justify-center rounded-sm bg-accent-soft text-accent-text">
          <Clapperboard size={20} aria-hidden="true" />
        </span>
        <div className="flex min-w-0 flex-col">
          <span className="text-faint text-xs">{room.watching ? t('lobby.watching') : t('lobby.nothingOn')}</span>
          <span className="line-clamp-2 font-medium text-sm wrap-anywhere">
            {room.watching ?? t('lobby.nothingOnText')}
          </span>
        </div>
      </div>
      <div className="flex min-h-9 items-center gap-3">
        {room.participants.length > 0 ? <AvatarStack people={room.participants} /> : null}
        <div className="flex min-w-0 flex-col text-sm">
          <span className="line-clamp-2 wrap-anywhere">
            {room.participants.length > 0
              ? t('lobby.inside', { count: room.participants.length, names })
              : t('lobby.nobody')}
          </span>
          <span className="tabular text-faint text-xs">
            {t('lobby.places', { taken: room.participantCount, places: room.maxParticipants })}
          </span>
        </div>
      </div>
    </div>
  );
}
