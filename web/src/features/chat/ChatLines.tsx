import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatMessage, Participant, ParticipantId } from '@/api/generated/protocol';
import { Avatar } from '@/ui/Avatar';
import { personColour } from '@/ui/person-colour';
import { type ChatGroup, chatGroups } from './chat-groups';
import { LinkedText } from './LinkedText';
import { systemWords } from './system-words';

interface ChatLinesProps {
  messages: readonly ChatMessage[];
  participants: readonly Participant[];
}

/** Everything the room has said, grouped by who said it. */
export function ChatLines({ messages, participants }: ChatLinesProps) {
  const groups = useMemo(() => chatGroups(messages), [messages]);
  const colours = useColours(participants, messages);
  return groups.map((group) =>
    group.kind === 'system' ? (
      <SystemLine key={group.key} group={group} />
    ) : (
      <TextGroup key={group.key} group={group} count={group.lines.length} colour={colours(group.author)} />
    ),
  );
}

/** The colour of who is here from the room; of who has left, one that at least stays. */
function useColours(participants: readonly Participant[], messages: readonly ChatMessage[]) {
  return useMemo(() => {
    const known = new Map(participants.map(({ id, colour }) => [id, colour]));
    for (const { author } of messages) {
      if (author !== null && !known.has(author)) known.set(author, known.size);
    }
    return (author: ParticipantId | null) => (author === null ? 0 : (known.get(author) ?? 0));
  }, [participants, messages]);
}

const SystemLine = memo(function SystemLine({ group }: { group: Extract<ChatGroup, { kind: 'system' }> }) {
  const { t, i18n } = useTranslation();
  return (
    <p className="my-1.5 text-pretty px-2 text-center text-dim text-xs [content-visibility:auto]">
      {systemWords(group.message, group.event, t, i18n.language)}
    </p>
  );
});

interface TextGroupProps {
  group: Extract<ChatGroup, { kind: 'text' }>;
  colour: number;
  /** Says to `memo` that a line was added. */
  count: number;
}

const TextGroup = memo(
  function TextGroup({ group, colour }: TextGroupProps) {
    const { i18n } = useTranslation();
    const time = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit' });
    return (
      <article className="my-2 flex gap-2.5 [content-visibility:auto]">
        <Avatar name={group.authorName} colour={colour} size="sm" />
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <header className="flex items-baseline gap-2">
            <span className="truncate font-semibold text-sm" style={{ color: personColour(colour) }}>
              <bdi>{group.authorName}</bdi>
            </span>
            <time className="tabular shrink-0 text-faint text-xs" dateTime={new Date(group.sentAtMs).toISOString()}>
              {time.format(group.sentAtMs)}
            </time>
          </header>
          {group.lines.map(({ position, text }) => (
            <p key={position} dir="auto" className="whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">
              <LinkedText text={text} />
            </p>
          ))}
        </div>
      </article>
    );
  },
  (before, after) =>
    before.count === after.count && before.colour === after.colour && before.group.key === after.group.key,
);
