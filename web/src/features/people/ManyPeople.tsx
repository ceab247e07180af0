import { type UIEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive, useRoom } from '@/connection';
import { PeopleList } from './PeopleList';
import { byImportance, drawnRows, named, ROW_PX } from './people-order';

/** Seven rows and a half: the half says that there are more. */
const HEIGHT_PX = 7.5 * ROW_PX;

/** Everybody in a large room: found by name, and drawn only where the list is looked at. */
export function ManyPeople({ onResync }: { onResync: (() => void) | null }) {
  const { t } = useTranslation();
  const participants = useRoom((room) => room.participants);
  const ownerId = useRoom((room) => room.ownerId);
  const waiting = useRoom((room) => room.waiting);
  const me = useLive((state) => state.me);
  const [wanted, setWanted] = useState('');
  const [scrolled, setScrolled] = useState(0);
  const people = useMemo(
    () => byImportance(named(participants, wanted), { me, ownerId, waitedFor: waiting?.participants ?? [] }),
    [participants, wanted, me, ownerId, waiting],
  );
  const { first, end } = drawnRows(scrolled, HEIGHT_PX, people.length);
  return (
    <>
      <input
        type="search"
        aria-label={t('people.find')}
        placeholder={t('people.find')}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        className="mb-1 h-9 rounded-full border border-line bg-inset px-3.5 text-ink text-sm placeholder:text-faint"
      />
      {people.length === 0 ? <p className="py-4 text-center text-dim text-sm">{t('people.notFound')}</p> : null}
      <ul
        className="flex flex-col overflow-y-auto overscroll-contain"
        style={{ maxHeight: HEIGHT_PX }}
        onScroll={(event: UIEvent) => setScrolled(event.currentTarget.scrollTop)}
      >
        <li aria-hidden="true" className="shrink-0" style={{ height: first * ROW_PX }} />
        <PeopleList people={people.slice(first, end)} onResync={onResync} of={{ count: people.length, first }} />
        <li aria-hidden="true" className="shrink-0" style={{ height: (people.length - end) * ROW_PX }} />
      </ul>
    </>
  );
}
