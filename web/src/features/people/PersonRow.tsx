import { Crown, Hourglass, KeyRound, type LucideIcon, RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '@/api/generated/protocol';
import { Avatar } from '@/ui/Avatar';
import { classNames } from '@/ui/class-names';
import { IconButton } from '@/ui/IconButton';
import { Ring } from '@/ui/Ring';
import { Tooltip } from '@/ui/Tooltip';
import { PersonMenu } from './PersonMenu';
import { type Outlook, ringOf, syncWords } from './sync-words';

interface PersonRowProps {
  person: Participant;
  outlook: Outlook;
  isMe: boolean;
  isOwner: boolean;
  /** Becomes owner when the owner is away. */
  isDelegate: boolean;
  /** The film stands for this person (BEY-4). */
  isWaitedFor: boolean;
  /** Brings one's own player back into step; absent while there is nothing to be in step with. */
  onResync: (() => void) | null;
  /** Place among so many, where not all of them are drawn. */
  place?: number;
  ofCount?: number;
}

export function PersonRow(props: PersonRowProps) {
  const { person, outlook, isMe, isOwner, isDelegate, isWaitedFor, onResync, place, ofCount } = props;
  const { t, i18n } = useTranslation();
  const away = person.presence === 'away';
  const sync = syncWords(person, outlook, isMe, t, i18n.language);
  const { roundTripMs } = person;
  const roundTrip =
    roundTripMs === null || outlook === 'unconnected' ? null : t('people.roundTrip', { ms: Math.round(roundTripMs) });
  return (
    <li aria-posinset={place} aria-setsize={ofCount} className="flex h-11 shrink-0 items-center gap-2.5">
      <Avatar name={person.name} colour={person.colour} away={away} />
      <span className="flex min-w-0 flex-1 items-center gap-1.5 text-sm">
        <bdi className="truncate font-medium">{person.name}</bdi>
        {isMe ? <span className="shrink-0 text-accent-text text-xs">{t('people.you')}</span> : null}
        {isOwner ? <Mark label={t('people.owner')} icon={Crown} /> : null}
        {isDelegate ? <Mark label={t('people.delegate')} icon={KeyRound} /> : null}
        {isWaitedFor ? <Mark label={t('people.waitedFor')} icon={Hourglass} urgent /> : null}
        {away ? <span className="shrink-0 text-dim text-xs">{t('people.away')}</span> : null}
      </span>
      {isMe && onResync ? (
        <IconButton
          size="sm"
          label={t('people.resync')}
          icon={<RefreshCw size={16} aria-hidden="true" />}
          active={person.sync === 'desynced'}
          onClick={onResync}
        />
      ) : null}
      <Tooltip
        side="left"
        byTap
        text={
          <span className="tabular">
            {sync}
            {roundTrip ? <span className="block text-dim">{roundTrip}</span> : null}
          </span>
        }
      >
        {/* A button, so that a tap and the keyboard bring the number up as well. */}
        <button type="button" aria-label={sync} className="inline-flex size-8 items-center justify-center rounded-full">
          <Ring state={ringOf(person, outlook, isMe)} size={16} />
        </button>
      </Tooltip>
      <PersonMenu person={person} />
    </li>
  );
}

/** What somebody is in this room, as a small picture with words behind it. */
function Mark({ label, icon: Icon, urgent = false }: { label: string; icon: LucideIcon; urgent?: boolean }) {
  return (
    <Tooltip text={label} byTap>
      <span role="img" aria-label={label} className={classNames('shrink-0', urgent ? 'text-accent-text' : 'text-dim')}>
        <Icon size={15} aria-hidden="true" />
      </span>
    </Tooltip>
  );
}
