/** The live room: everything that comes by the connection and is shown, in one place. Components subscribe to slices. */

import type {
  CloseReason,
  Code,
  CommandKind,
  IdempotencyKey,
  MediaTime,
  OwnerChangeReason,
  ParticipantId,
  PlaybackState,
  RoomView,
  ServerTime,
  SyncCommand,
  WaitingPolicy,
} from '@/api/generated/protocol';
import type { LocalTime, Timeline } from '@/sync';
import type { ChatLog } from './chat-log';

/** How the room is reached. `since` and `retryAt` are this page's monotonic milliseconds. */
export type ConnectionState =
  | { kind: 'connecting'; attempt: number }
  | { kind: 'live'; since: LocalTime; returned: boolean }
  /** The socket stands, but the server was asked and has not answered: it may be slow, or nobody may be there any more. */
  | { kind: 'silent'; since: LocalTime }
  | { kind: 'lost'; since: LocalTime; attempt: number; retryAt: LocalTime }
  | { kind: 'out'; why: CloseReason | Code; message: string | null };

/** A command of one's own that the room has not answered. It shows at once and is undone if refused (WEB-7). */
export type PendingCommand = { id: IdempotencyKey; since: LocalTime; wish: PlaybackWish };

export type PlaybackWish =
  | { kind: 'play' }
  | { kind: 'pause' }
  | { kind: 'seek'; mediaTimeMs: MediaTime }
  | { kind: 'rate'; rate: number }
  | { kind: 'source' };

/** What somebody did to the film, for the line on it. */
export type Deed = { sequenceNumber: number; kind: CommandKind; who: string; mine: boolean; playback: PlaybackState };

/** Something that a toast should tell: a refusal, a new owner, a change of what the room does. `serial` tells two alike apart. */
export type Notice = { serial: number } & (
  | { kind: 'refused'; code: Code }
  /** It never left this page, for want of a connection. */
  | { kind: 'not_sent' }
  /** It was sent, and nobody knows what became of it. */
  | { kind: 'unanswered' }
  | { kind: 'owner'; mine: boolean; name: string; reason: OwnerChangeReason }
  | { kind: 'owner_away' }
  /** From now on the room does something else when somebody's film gets stuck, and somebody else chose it (BEY-4). */
  | { kind: 'waiting_policy'; name: string; policy: WaitingPolicy }
  | { kind: 'shutdown' }
);

/** A notice before it is numbered. */
export type NoticeBody = Notice extends infer N ? (N extends Notice ? Omit<N, 'serial'> : never) : never;

export type LiveRoom = {
  connection: ConnectionState;
  me: ParticipantId;
  /** Nothing before the first hello. */
  room: RoomView | null;
  timeline: Timeline | null;
  chat: ChatLog;
  pending: PendingCommand | null;
  /** The room, which this person lost by his silence, is offered back to him until then (OWN-3). */
  offerUntil: ServerTime | null;
  deed: Deed | null;
  notice: Notice | null;
};

export function withCommand(state: LiveRoom, command: SyncCommand, timeline: Timeline): LiveRoom {
  if (state.room === null) return state;
  const answered = state.pending !== null && state.pending.id === command.idempotencyKey;
  return {
    ...state,
    timeline,
    room: { ...state.room, playback: command.playback },
    pending: answered ? null : state.pending,
    deed: deedOf(state, command) ?? state.deed,
  };
}

function deedOf(state: LiveRoom, command: SyncCommand): Deed | null {
  const who = state.room?.participants.find((participant) => participant.id === command.issuer);
  if (who === undefined) return null;
  const { kind, playback } = command;
  return { sequenceNumber: playback.sequenceNumber, kind, who: who.name, mine: who.id === state.me, playback };
}
