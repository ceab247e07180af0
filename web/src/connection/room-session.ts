/**
 * One person's stay in a room: the socket, the clock, the order of commands and the live room's state, wired together.
 * Outlives every loss of the connection; ends when the person is out.
 */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  ClientMessage,
  PlayerReport,
  Resume,
  ServerHello,
  ServerMessage,
  ServerTime,
  SyncCommand,
} from '@/api/generated/protocol';
import { joinRoom } from '@/api/rooms';
import type { JoinGrant } from '@/api/types';
import { CommandSequencer, type LocalTime, scheduled } from '@/sync';
import { applyHello, applyMessage, withNotice } from './apply-message';
import { EMPTY_CHAT, lastPosition, withOwn, withoutOwn } from './chat-log';
import { commandMessage } from './command-message';
import { type ConnectionState, type LiveRoom, type PlaybackWish, withCommand } from './live-room';
import { newId } from './new-id';
import { RoomLine } from './room-line';
import { RoomSocket } from './room-socket';

const HEARTBEAT_MS = 5_000;
/** So long a press is still meant. After that it is not done behind anybody's back: the person is told and may press again. */
const ANSWER_LIMIT_MS = 6_000;

type WithoutId<Message> = Message extends { id: string } ? Omit<Message, 'id'> : never;
/** What one asks of the room; a refusal comes back by its id. */
export type RoomRequest = WithoutId<Extract<ClientMessage, { type: `room:${string}` | `queue:${string}` }>>;

export class RoomSession {
  readonly store: StoreApi<LiveRoom>;
  /** The socket, and with it the server's clock. */
  readonly line = new RoomLine();
  readonly #socket: RoomSocket;
  readonly #sequencer = new CommandSequencer({ epoch: 0, sequenceNumber: 0 });
  readonly #stop = new AbortController();
  /** The command that `pending` shows, for the case that its connection is lost before its answer came. */
  #unanswered: ClientMessage | null = null;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #gapTimer: ReturnType<typeof setTimeout> | undefined;
  #answerTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(grant: JoinGrant) {
    this.store = createStore<LiveRoom>(() => ({
      connection: { kind: 'connecting', attempt: 1 },
      me: grant.participantId,
      room: null,
      timeline: null,
      chat: EMPTY_CHAT,
      pending: null,
      offerUntil: null,
      deed: null,
      notice: null,
    }));
    this.#socket = new RoomSocket(grant, this.line, {
      onState: (state) => this.#connectionChanged(state),
      onHello: (hello) => this.#welcomed(hello),
      onMessage: (message, receivedAt) => this.#received(message, receivedAt),
      rejoin: () => joinRoom(grant.room.code),
      resume: () => this.#resume(),
    });
  }

  /** Server time now, as far as known. */
  serverNow(): ServerTime | null {
    return this.line.serverTime(performance.now());
  }

  start(): void {
    const { signal } = this.#stop;
    addEventListener('online', () => this.#awake(), { signal });
    addEventListener('offline', () => this.#socket.probe(), { signal });
    networkOf(navigator)?.addEventListener('change', () => this.#awake(), { signal });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#awake(), {
      signal,
    });
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#socket.open();
  }

  /** The page goes; the room keeps the place for a while. */
  stop(): void {
    this.#stop.abort();
    clearInterval(this.#heartbeat);
    clearTimeout(this.#gapTimer);
    clearTimeout(this.#answerTimer);
    this.#socket.abandon();
    this.line.end();
  }

  retryNow(): void {
    this.#socket.retryNow();
  }

  leave(): void {
    this.#socket.send({ type: 'room:leave' });
    this.#socket.close('left');
  }

  /** Play, pause, seek, speed: shown at once, undone if the room refuses. */
  command(wish: Exclude<PlaybackWish, { kind: 'source' }>): void {
    this.#command(wish, (id) => commandMessage(id, wish));
  }

  watch(videoId: string): void {
    this.#command({ kind: 'source' }, (id) => ({ type: 'sync:source', id, source: { kind: 'video', videoId } }));
  }

  say(text: string): void {
    const id = newId();
    this.#update((state) => ({ ...state, chat: withOwn(state.chat, id, text) }));
    this.#socket.send({ type: 'chat:send', id, text });
  }

  sayAgain(id: string, text: string): void {
    this.#update((state) => ({ ...state, chat: withOwn(state.chat, id, text) }));
    this.#socket.send({ type: 'chat:send', id, text });
  }

  /** Takes back a line that the room refused. */
  discard(id: string): void {
    this.#update((state) => ({ ...state, chat: withoutOwn(state.chat, id) }));
  }

  loadOlder(): void {
    const { chat } = this.store.getState();
    const first = chat.messages[0];
    if (!chat.more || chat.loadingOlder || first === undefined) return;
    const sent = this.#socket.send({ type: 'chat:history', before: first.position });
    if (sent) this.#update((state) => ({ ...state, chat: { ...state.chat, loadingOlder: true } }));
  }

  /** Sends if the room can be reached, and else tells the person; says whether it sent. */
  request(request: RoomRequest): boolean {
    const sent = this.#isAnswered() && this.#socket.send({ ...request, id: newId() } as ClientMessage);
    if (!sent) this.#notSent();
    return sent;
  }

  /** Takes the room back or leaves it. Once the answer is on its way there is nothing more to answer. */
  answerOffer(accept: boolean): void {
    const sent = this.request({ type: 'room:answer_ownership', accept });
    if (sent) this.#update((state) => ({ ...state, offerUntil: null }));
  }

  report(report: PlayerReport): void {
    this.#socket.send({ type: 'sync:report', ...report });
  }

  /** The player did what a command asked, at this moment (SYNC-18). */
  acknowledge(sequenceNumber: number, executedAtMs: ServerTime): void {
    this.#socket.send({ type: 'sync:ack', sequenceNumber, executedAtMs: Math.round(executedAtMs) });
  }

  #command(wish: PlaybackWish, message: (id: string) => ClientMessage): void {
    const id = newId();
    const command = message(id);
    // A socket that nobody answers on would carry it whenever the network is back, when nobody means it any more.
    if (!this.#isAnswered() || !this.#socket.send(command)) {
      this.#notSent();
      return;
    }
    this.#unanswered = command;
    this.#update((state) => ({ ...state, pending: { id, since: performance.now(), wish } }));
    this.#socket.ask();
    clearTimeout(this.#answerTimer);
    this.#answerTimer = setTimeout(() => this.#givenUp(id), ANSWER_LIMIT_MS);
  }

  #givenUp(id: string): void {
    if (this.store.getState().pending?.id !== id) return;
    this.#update((state) => withNotice({ ...state, pending: null }, { kind: 'unanswered' }));
  }

  #notSent(): void {
    this.#update((state) => withNotice(state, { kind: 'not_sent' }));
  }

  #isAnswered(): boolean {
    return this.store.getState().connection.kind === 'live';
  }

  #connectionChanged(connection: ConnectionState): void {
    const wasSilent = this.store.getState().connection.kind === 'silent';
    this.#update((state) => ({ ...state, connection, pending: connection.kind === 'out' ? null : state.pending }));
    // The socket may yet bring what is awaited.
    if (connection.kind === 'silent') return;
    if (connection.kind !== 'live') {
      this.line.rest();
      return;
    }
    this.line.burst();
    if (wasSilent) return;
    this.#beat();
    this.#sendAgain();
  }

  /** What was sent on the lost connection and may not have arrived; what had is recognised by its id (SYNC-4). */
  #sendAgain(): void {
    if (this.store.getState().pending !== null && this.#unanswered !== null) this.#socket.send(this.#unanswered);
    for (const line of this.store.getState().chat.own) {
      if (line.kind === 'sending') this.#socket.send({ type: 'chat:send', id: line.id, text: line.text });
    }
  }

  #welcomed(hello: ServerHello): void {
    this.#sequencer.resync(hello.room.playback);
    clearTimeout(this.#gapTimer);
    this.#update((state) => applyHello(state, hello));
  }

  #received(message: ServerMessage, receivedAt: LocalTime): void {
    switch (message.type) {
      case 'sync:command':
        this.#apply(this.#sequencer.offer([message.command], receivedAt));
        this.#update((state) => (state.room ? { ...state, room: { ...state.room, status: message.status } } : state));
        this.#tendGap();
        return;
      case 'sync:catchup':
        this.#apply(this.#sequencer.offer(message.commands, receivedAt));
        this.#tendGap();
        return;
      default:
        this.#update((state) => applyMessage(state, message));
    }
  }

  #apply(commands: readonly SyncCommand[]): void {
    for (const command of commands) {
      const now = this.serverNow() ?? command.atServerTimeMs;
      this.#update((state) =>
        state.timeline ? withCommand(state, command, scheduled(state.timeline, command, now)) : state,
      );
    }
  }

  #tendGap(): void {
    clearTimeout(this.#gapTimer);
    const now = performance.now();
    this.#apply(this.#sequencer.giveUp(now));
    const demand = this.#sequencer.demand(now);
    if (demand.kind === 'none') return;
    if (demand.kind === 'ask') this.#socket.send({ type: 'sync:catchup', afterSequence: demand.after });
    const wait = demand.kind === 'wait' ? demand.until - now : 0;
    this.#gapTimer = setTimeout(() => this.#tendGap(), wait);
  }

  #resume(): Resume | null {
    const { room, chat } = this.store.getState();
    if (room === null) return null;
    const { epoch, sequenceNumber } = this.#sequencer.last;
    return { epoch, lastSequence: sequenceNumber, lastChat: lastPosition(chat) };
  }

  /** The tab, the network or the computer comes back from somewhere: all that is known is doubted (SYNC-15). */
  #awake(): void {
    this.#socket.send({ type: 'sync:catchup', afterSequence: this.#sequencer.last.sequenceNumber });
    this.#socket.probe();
    if (this.store.getState().connection.kind === 'live') this.line.burst();
  }

  #beat(): void {
    const { room, me } = this.store.getState();
    if (room?.ownerId === me) this.#socket.send({ type: 'owner:heartbeat' });
  }

  #update(change: (state: LiveRoom) => LiveRoom): void {
    this.store.setState(change, true);
  }
}

/** Told by some browsers: another network, or the same one in another state. */
function networkOf(navigator: Navigator): EventTarget | null {
  return 'connection' in navigator && navigator.connection instanceof EventTarget ? navigator.connection : null;
}
