import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoom } from '@/connection';
import { classNames } from '@/ui/class-names';
import { ManyPeople } from './ManyPeople';
import { PeopleList } from './PeopleList';
import { isLarge } from './people-order';

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
  const places = useRoom((room) => room.settings.maxParticipants);
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
      {isLarge(participants) ? (
        <ManyPeople onResync={onResync} />
      ) : (
        <ul className="flex flex-col">
          <PeopleList people={participants} onResync={onResync} />
        </ul>
      )}
    </section>
  );
}
