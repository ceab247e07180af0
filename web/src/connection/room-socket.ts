/**
 * The one WebSocket of a room, kept open (SYNC-7): comes in with a join token, comes back with the session's, asks for a
 * new grant when that has lapsed, and waits between tries with jitter. At once when the network or the tab returns.
 */

import type {
  ClientMessage,
  CloseReason,
  Code,
  Credential,
  Resume,
  ServerHello,
  ServerMessage,
} from '@/api/generated/protocol';
import { ProblemError } from '@/api/problem';
import type { JoinGrant } from '@/api/types';
import { backOffMs } from '@/lib/back-off';
import type { LocalTime } from '@/sync';
import type { ConnectionState } from './live-room';
import { tabId } from './new-id';
import type { Call, RoomLine } from './room-line';

export type RoomSocketHooks = {
  onState: (state: ConnectionState) => void;
  onHello: (hello: ServerHello, receivedAt: LocalTime) => void;
  onMessage: (message: ServerMessage, receivedAt: LocalTime) => void;
  /** A new grant for the same person, by REST. */
  rejoin: () => Promise<JoinGrant>;
  /** What has been seen, to be told what was missed. */
  resume: () => Resume | null;
};

const PROTOCOL_VERSION = '1.0.0';
/** Join tokens hold for 60 s; one that is nearly over is not worth a try. */
const GRANT_GOOD_MS = 50_000;
const HELLO_LIMIT_MS = 10_000;
/** After so much silence the server is asked whether it is there. */
const QUIET_MS = 3_000;
/** An answer takes a round trip; one that takes this long makes the connection doubtful. */
const ANSWER_MS = 2_000;
/** As above where there is a reason to doubt: the network or the tab was away. */
const PROBE_ANSWER_MS = 1_000;
/** A timer that comes later than this tells of a page that was busy or asleep: the answer may lie there, unread. */
const LATE_MS = 500;
/** Longer silence means that nobody is there: a slow network that comes round in less keeps its socket. */
const SILENCE_LIMIT_MS = 12_000;
/** As above where there is a reason to doubt. */
const PROBE_LIMIT_MS = SILENCE_LIMIT_MS / 4;
/** After these the person can do nothing but enter anew, or not at all; every other code is worth another grant. */
const FINAL: readonly Code[] = [
  'room_kicked',
  'room_banned',
  'room_closed',
  'room_expired',
  'room_not_found',
  'upgrade_required',
];

export class RoomSocket {
  readonly #hooks: RoomSocketHooks;
  readonly #line: RoomLine;
  #grant: JoinGrant | null;
  readonly #path: string;
  #grantedAt: LocalTime;
  #sessionToken: string | null = null;
  #call: Call | null = null;
  #state: ConnectionState = { kind: 'connecting', attempt: 1 };
  #attempt = 1;
  #lostAt: LocalTime | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #doubt: ReturnType<typeof setTimeout> | undefined;
  #asked = false;
  /** The silence was laid to the page's own absence, and nothing has been heard since. */
  #excused = false;
  #serverWants: number | null = null;

  constructor(grant: JoinGrant, line: RoomLine, hooks: RoomSocketHooks) {
    this.#hooks = hooks;
    this.#line = line;
    this.#grant = grant;
    this.#path = grant.socketPath;
    this.#grantedAt = performance.now();
  }

  open(): void {
    this.#connect();
  }

  /** Sends if there is a socket; says whether it did. */
  send(message: ClientMessage): boolean {
    return this.#isOpen() && this.#call?.send(JSON.stringify(message)) === true;
  }

  /** Is anybody there? Without an answer soon the connection counts as silent. */
  ask(withinMs = ANSWER_MS): void {
    if (this.#state.kind !== 'live' || this.#asked) return;
    this.#asked = true;
    this.#line.ask();
    clearTimeout(this.#doubt);
    const due = performance.now() + withinMs;
    this.#doubt = setTimeout(() => this.#unanswered(due), withinMs);
  }

  /** The person asks, or the world changed: no reason to wait any longer. */
  retryNow(): void {
    if (this.#state.kind === 'silent') this.#lose();
    if (this.#state.kind !== 'lost') return;
    clearTimeout(this.#timer);
    this.#connect();
  }

  /** The network or the tab is back, and the socket may be dead without knowing. It has little time to show life. */
  probe(): void {
    if (!this.#isOpen()) {
      this.retryNow();
      return;
    }
    this.#expectSignOfLife(PROBE_LIMIT_MS);
    this.ask(PROBE_ANSWER_MS);
  }

  close(why: CloseReason | Code, message: string | null = null): void {
    this.#drop();
    clearTimeout(this.#timer);
    this.#enter({ kind: 'out', why, message });
  }

  /** Ends without a word: the page goes elsewhere. */
  abandon(): void {
    clearTimeout(this.#timer);
    this.#drop();
    this.#state = { kind: 'out', why: 'left', message: null };
  }

  async #connect(): Promise<void> {
    this.#enter({ kind: 'connecting', attempt: this.#attempt });
    try {
      const credential = await this.#credential();
      if (this.#state.kind === 'connecting') this.#dial(credential);
    } catch (error) {
      if (error instanceof ProblemError && error.isRefusal) this.close(error.code as Code);
      else this.#lose();
    }
  }

  async #credential(): Promise<Credential> {
    if (this.#sessionToken !== null) return { kind: 'session', token: this.#sessionToken };
    const fresh = this.#grant !== null && performance.now() - this.#grantedAt < GRANT_GOOD_MS;
    if (!fresh || this.#grant === null) {
      this.#grant = await this.#hooks.rejoin();
      this.#grantedAt = performance.now();
    }
    const { joinToken } = this.#grant;
    this.#grant = null; // a join token is for one entrance
    return { kind: 'join', token: joinToken };
  }

  #dial(credential: Credential): void {
    this.#excused = false;
    this.#expectSignOfLife(HELLO_LIMIT_MS);
    this.#call = this.#line.dial(this.#path, {
      onOpen: () => this.#call?.send(JSON.stringify(this.#hello(credential))),
      onText: (text, receivedAt) => this.#received(text, receivedAt),
      onClose: (code) => this.#closed(code),
      onLife: () => this.#lives(),
    });
  }

  #hello(credential: Credential): ClientMessage {
    const resume = this.#hooks.resume();
    return {
      type: 'client:hello',
      protocolVersion: PROTOCOL_VERSION,
      clientId: tabId(),
      capabilities: ['seek', 'rate_change'],
      credential,
      ...(resume ? { resume } : {}),
    };
  }

  #received(text: string, receivedAt: LocalTime): void {
    const message = parse(text);
    if (message === null) return;
    this.#lives();
    if (message.type === 'server:hello') this.#welcomed(message, receivedAt);
    else if (message.type === 'room:closed') this.close(message.reason, message.message ?? null);
    else if (message.type === 'room:error' && this.#state.kind !== 'live') this.#turnedAway(message.code);
    else {
      if (message.type === 'server:shutdown') this.#serverWants = message.reconnectInMs;
      this.#hooks.onMessage(message, receivedAt);
    }
  }

  #welcomed(hello: ServerHello, receivedAt: LocalTime): void {
    if (hello.upgradeRequired) {
      this.close('upgrade_required');
      return;
    }
    const returned = this.#lostAt !== null;
    this.#sessionToken = hello.sessionToken;
    this.#attempt = 1;
    this.#lostAt = null;
    this.#serverWants = null;
    // The room first, then the news that it can be used.
    this.#hooks.onHello(hello, receivedAt);
    this.#enter({ kind: 'live', since: receivedAt, returned });
  }

  /** The token did not open the door. A new grant may, or says why not. */
  #turnedAway(code: Code): void {
    if (FINAL.includes(code)) {
      this.close(code);
      return;
    }
    this.#sessionToken = null;
    this.#grant = null;
  }

  #closed(code: number): void {
    if (code === 4000 || code === 4001) this.#sessionToken = null;
    this.#lose();
  }

  #lose(): void {
    this.#drop();
    if (this.#state.kind === 'out') return;
    const now = performance.now();
    this.#lostAt ??= now;
    const wait = this.#waitMs();
    this.#serverWants = null;
    this.#attempt += 1;
    this.#enter({ kind: 'lost', since: this.#lostAt, attempt: this.#attempt, retryAt: now + wait });
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  /** A server that stops tells all its people the same number; at most as much again keeps them from coming in one blow. */
  #waitMs(): number {
    const chance = Math.random();
    return this.#serverWants === null ? backOffMs(this.#attempt, chance) : this.#serverWants * (1 + chance);
  }

  #unanswered(due: LocalTime): void {
    const now = performance.now();
    this.#asked = false;
    if (now - due > LATE_MS) this.ask();
    else this.#enter({ kind: 'silent', since: now });
  }

  #lives(): void {
    this.#excused = false;
    if (this.#state.kind === 'silent') this.#enter({ kind: 'live', since: performance.now(), returned: true });
    this.#expectSignOfLife(this.#isOpen() ? SILENCE_LIMIT_MS : HELLO_LIMIT_MS);
  }

  #expectSignOfLife(withinMs: number): void {
    this.#stopWatching();
    const due = performance.now() + withinMs;
    this.#silence = setTimeout(() => this.#heardNothing(due), withinMs);
    this.#doubt = setTimeout(() => this.ask(), QUIET_MS);
  }

  #heardNothing(due: LocalTime): void {
    // Once only: in a tab that is hidden every timer may be late, and a dead socket is to be noticed there too.
    if (this.#excused || performance.now() - due <= LATE_MS) {
      this.#lose();
      return;
    }
    this.#excused = true;
    this.#expectSignOfLife(this.#isOpen() ? PROBE_LIMIT_MS : HELLO_LIMIT_MS);
    this.ask();
  }

  #stopWatching(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#doubt);
    this.#asked = false;
  }

  #isOpen(): boolean {
    return this.#state.kind === 'live' || this.#state.kind === 'silent';
  }

  #drop(): void {
    this.#stopWatching();
    const call = this.#call;
    this.#call = null;
    call?.hangUp();
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    this.#hooks.onState(state);
  }
}

/** The server's own words are trusted as the generated types say; anything that is no message at all is ignored. */
function parse(text: string): ServerMessage | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'type' in value ? (value as ServerMessage) : null;
  } catch {
    return null;
  }
}
