import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive, useRoom } from '@/connection';
import { classNames } from '@/ui/class-names';
import { PersonRow } from './PersonRow';

interface PeoplePanelProps {
  onResync: (() => void) | null;
  hideTitle?: boolean;
  className?: string;
}

/** Who is here, who decides, and how well everybody follows. */
export function PeoplePanel({ onResync, hideTitle = false, className }: PeoplePanelProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const participants = useRoom((room) => room.participants);
  const ownerId = useRoom((room) => room.ownerId);
  const places = useRoom((room) => room.settings.maxParticipants);
  const me = useLive((state) => state.me);
  return (
    <section aria-labelledby={titleId} className={classNames('flex flex-col px-4 pt-3 pb-2', className)}>
      <header className={classNames('flex items-baseline justify-between pb-1', hideTitle && 'sr-only')}>
        <h2 id={titleId} className="font-semibold text-dim text-sm">
          {t('people.title')}
        </h2>
        <span className="tabular text-faint text-xs">
          {t('people.count', { present: participants.length, places })}
        </span>
      </header>
      <ul className="flex flex-col">
        {participants.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            isMe={person.id === me}
            isOwner={person.id === ownerId}
            onResync={onResync}
          />
        ))}
      </ul>
    </section>
  );
}
