/** What a message from the server makes of the live room. Commands are not here: they pass the sequencer first. */

import type { ParticipantId, ServerHello, ServerMessage } from '@/api/generated/protocol';
import { timelineFrom } from '@/sync';
import { withAccepted, withCatchup, withHistory, withMessages, withRefused } from './chat-log';
import type { LiveRoom, NoticeBody } from './live-room';
import { withPresence } from './presence';

export function applyMessage(state: LiveRoom, message: ServerMessage): LiveRoom {
  switch (message.type) {
    case 'room:participants':
      return withRoom(state, { participants: message.participants });
    case 'room:presence':
      return presenceChanged(state, message);
    case 'room:waiting':
      return withRoom(state, { waiting: message.waiting });
    case 'room:video':
      return withRoom(state, { video: message.video });
    case 'room:state':
      return stateChanged(state, message);
    case 'room:owner_changed':
      return ownerChanged(state, message);
    case 'room:owner_away':
      return withNotice(state, { kind: 'owner_away' });
    case 'room:offer_ownership':
      return { ...state, offerUntil: message.untilMs };
    case 'room:error':
      return refused(state, message);
    case 'sync:reply':
      return replied(state, message);
    case 'chat:message':
      return { ...state, chat: withMessages(state.chat, [message.message]) };
    case 'chat:accepted':
      return { ...state, chat: withAccepted(state.chat, message.id, message.position) };
    case 'chat:history':
      return { ...state, chat: withHistory(state.chat, message.messages, message.more) };
    case 'chat:catchup':
      return { ...state, chat: withCatchup(state.chat, message.messages, message.gap) };
    case 'server:shutdown':
      return withNotice(state, { kind: 'shutdown' });
    default:
      return state;
  }
}

/** A full resync: what the room is now replaces what was known of it. The chat follows by itself. */
export function applyHello(state: LiveRoom, hello: ServerHello): LiveRoom {
  const { room, participantId } = hello;
  const timeline = timelineFrom(room.playback);
  // What was asked for on the former connection is not answered on this one.
  const { chat } = withoutLoading(state);
  // An offer that still stands is made anew on each connection.
  return { ...state, me: participantId, room, timeline, chat, offerUntil: null };
}

export function withNotice(state: LiveRoom, notice: NoticeBody): LiveRoom {
  return { ...state, notice: { ...notice, serial: (state.notice?.serial ?? 0) + 1 } };
}

function withRoom(state: LiveRoom, changes: Partial<NonNullable<LiveRoom['room']>>): LiveRoom {
  return state.room === null ? state : { ...state, room: { ...state.room, ...changes } };
}

function withoutLoading(state: LiveRoom): LiveRoom {
  return { ...state, chat: { ...state.chat, loadingOlder: false } };
}

type RoomState = Extract<ServerMessage, { type: 'room:state' }>;
type Presence = Extract<ServerMessage, { type: 'room:presence' }>;
type OwnerChange = Extract<ServerMessage, { type: 'room:owner_changed' }>;

function stateChanged(state: LiveRoom, message: RoomState): LiveRoom {
  const { status, ownerId, settings, queue, banned, delegateId } = message;
  const changed = withRoom(state, { status, ownerId, settings, queue, banned, delegateId });
  const before = state.room?.settings.waiting;
  // Whoever sets it sees it in the dialog.
  if (before === undefined || before === settings.waiting || ownerId === state.me) return changed;
  const name = nameOf(state, ownerId);
  return withNotice(changed, { kind: 'waiting_policy', name, policy: settings.waiting });
}

function presenceChanged(state: LiveRoom, { changed, left }: Presence): LiveRoom {
  if (state.room === null) return state;
  return withRoom(state, { participants: withPresence(state.room.participants, changed, left) });
}

function ownerChanged(state: LiveRoom, { ownerId, reason }: OwnerChange): LiveRoom {
  if (state.room === null || state.room.ownerId === ownerId) return state;
  const name = nameOf(state, ownerId);
  // Whoever it is, what was offered before is no longer there to be had.
  const changed = { ...withRoom(state, { ownerId }), offerUntil: null };
  return withNotice(changed, { kind: 'owner', mine: ownerId === state.me, name, reason });
}

function nameOf({ room }: LiveRoom, id: ParticipantId): string {
  return room?.participants.find((participant) => participant.id === id)?.name ?? '';
}

type Refusal = Extract<ServerMessage, { type: 'room:error' }>;
type Reply = Extract<ServerMessage, { type: 'sync:reply' }>;

function refused(state: LiveRoom, { code, requestId }: Refusal): LiveRoom {
  // A heartbeat that crossed the news of another owner: nothing that this person did.
  if (code === 'only_owner' && requestId === undefined) return state;
  // What has no id may be the wish for older lines, which then never come.
  if (requestId === undefined) return withNotice(withoutLoading(state), { kind: 'refused', code });
  const line = state.chat.own.find(({ id }) => id === requestId);
  // A refused line says so where it stands.
  if (line !== undefined) return { ...state, chat: withRefused(state.chat, line.id, code) };
  return withNotice(requestId === state.pending?.id ? { ...state, pending: null } : state, { kind: 'refused', code });
}

function replied(state: LiveRoom, reply: Reply): LiveRoom {
  const settled = state.pending?.id === reply.id ? { ...state, pending: null } : state;
  return reply.code === undefined ? settled : withNotice(settled, { kind: 'refused', code: reply.code });
}
