import type { Participant, ParticipantId } from '@/api/generated/protocol';
import { useLive, useRoom } from '@/connection';
import { PersonRow } from './PersonRow';
import { outlookOf } from './sync-words';

const NOBODY: readonly ParticipantId[] = [];

export interface PeopleListProps {
  people: readonly Participant[];
  onResync: (() => void) | null;
  /** Some of many: how many there are, and the place of the first. */
  of?: { count: number; first: number };
}

/** Rows of people, each with what he is in this room. */
export function PeopleList({ people, onResync, of }: PeopleListProps) {
  const me = useLive((state) => state.me);
  const ownerId = useRoom((room) => room.ownerId);
  const delegateId = useRoom((room) => (room.settings.autoHandover ? room.delegateId : null));
  const waitedFor = useRoom((room) => room.waiting?.participants ?? NOBODY);
  const outlook = useLive(outlookOf);
  return people.map((person, index) => (
    <PersonRow
      key={person.id}
      person={person}
      outlook={outlook}
      isMe={person.id === me}
      isOwner={person.id === ownerId}
      isDelegate={person.id === delegateId}
      isWaitedFor={waitedFor.includes(person.id)}
      onResync={onResync}
      {...(of ? { place: of.first + index + 1, ofCount: of.count } : {})}
    />
  ));
}
