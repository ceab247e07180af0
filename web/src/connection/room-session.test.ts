import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlaybackState, SyncCommand } from '@/api/generated/protocol';
import { ProblemError } from '@/api/problem';
import { joinRoom } from '@/api/rooms';
import { FakeSocket } from '@/test/fake-socket';
import { showTab } from '@/test/page-visibility';
import { chatLine, GRANT, roomView } from '@/test/room-fixtures';
import { commandWith, playbackWith } from '@/test/timeline-fixtures';
import { RoomSession } from './room-session';

vi.mock('@/api/rooms', () => ({ joinRoom: vi.fn() }));
const rejoin = vi.mocked(joinRoom);

let session: RoomSession;
const state = () => session.store.getState();
const socket = () => FakeSocket.last;

function command(playback: Partial<PlaybackState>, changes: Partial<SyncCommand> = {}): SyncCommand {
  return { ...commandWith(playback), ...changes };
}

beforeEach(() => {
  vi.useFakeTimers();
  // Each wait is the shortest, unless a test says otherwise.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.opened = [];
  rejoin.mockReset();
  session = new RoomSession(GRANT);
  session.start();
});
afterEach(() => {
  session.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Lets promises under way end, without letting time pass. */
const settle = () => vi.advanceTimersByTimeAsync(0);

/** The clock runs ten times as fast as the timers. */
function everyTimerIsLate(): void {
  const started = performance.now();
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => started + 10 * (now() - started));
}

async function inside(): Promise<void> {
  await settle();
  socket().welcome();
}

describe('a stay in a room', () => {
  // SYNC-1, SEC-8
  it('begins with a hello that carries the join token', async () => {
    await inside();
    expect(socket().sent[0]).toMatchObject({
      type: 'client:hello',
      protocolVersion: '1.0.0',
      credential: { kind: 'join', token: 'join-token' },
    });
    expect(state()).toMatchObject({ connection: { kind: 'live', returned: false }, room: { code: 'K7MQ4XWP' } });
  });

  // OWN-1
  it('shows the owner alive every five seconds, and nobody else', async () => {
    await inside();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(socket().all('owner:heartbeat').length).toBeGreaterThanOrEqual(2);
    const before = socket().all('owner:heartbeat').length;
    socket().say({ type: 'room:owner_changed', ownerId: 'ben', reason: 'transferred' });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(socket().all('owner:heartbeat')).toHaveLength(before);
  });

  // SYNC-8
  it('asks for the time eight times at once', async () => {
    await inside();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(socket().all('clock:ping')).toHaveLength(8);
  });
});

describe('a tab that is seen again', () => {
  // SYNC-15
  it('asks for the time and for what it may have missed', async () => {
    await inside();
    socket().say({ type: 'sync:command', command: command({ sequenceNumber: 2 }), status: 'paused' });
    await vi.advanceTimersByTimeAsync(3_000);
    const before = socket().all('clock:ping').length;
    showTab(false);
    expect(socket().all('sync:catchup')).toEqual([]);
    showTab(true);
    expect(socket().all('sync:catchup')).toMatchObject([{ afterSequence: 2 }]);
    expect(socket().all('clock:ping').length).toBeGreaterThan(before);
  });
});

describe('a lost connection', () => {
  // SYNC-7
  it('comes back by itself with the session token and what has been seen', async () => {
    await inside();
    socket().say({ type: 'chat:history', messages: [chatLine(7)], more: false });
    socket().say({ type: 'sync:command', command: command({ sequenceNumber: 2 }), status: 'paused' });
    socket().drop();
    expect(state().connection).toMatchObject({ kind: 'lost' });
    await vi.advanceTimersByTimeAsync(300);
    socket().accept();
    expect(socket().sent[0]).toMatchObject({
      credential: { kind: 'session', token: 'session-token' },
      resume: { epoch: 1, lastSequence: 2, lastChat: 7 },
    });
    socket().welcome();
    expect(state().connection).toMatchObject({ kind: 'live', returned: true });
  });

  // CHAT-1
  it('lets older lines be asked for again that were on their way', async () => {
    await inside();
    socket().say({ type: 'chat:history', messages: [chatLine(7)], more: true });
    session.loadOlder();
    expect(state().chat.loadingOlder).toBe(true);
    socket().drop();
    await vi.advanceTimersByTimeAsync(300);
    socket().accept();
    socket().welcome();
    expect(state().chat.loadingOlder).toBe(false);
  });

  // SYNC-7
  it('is tried again at once when the network returns', async () => {
    await inside();
    socket().drop();
    await settle();
    const before = FakeSocket.opened.length;
    dispatchEvent(new Event('online'));
    await settle();
    expect(FakeSocket.opened).toHaveLength(before + 1);
  });

  // SYNC-7
  it('is noticed when the other end falls silent', async () => {
    await inside();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(state().connection.kind).toBe('live');
    await vi.advanceTimersByTimeAsync(200);
    expect(state().connection.kind).toBe('silent');
    await vi.advanceTimersByTimeAsync(8_000);
    expect(['lost', 'connecting']).toContain(state().connection.kind);
  });

  // SYNC-7, SYNC-13
  it('is doubted within two seconds of a press that nobody answers', async () => {
    await inside();
    const asked = socket().all('clock:ping').length;
    session.command({ kind: 'play' });
    expect(socket().all('clock:ping')).toHaveLength(asked + 1);
    await vi.advanceTimersByTimeAsync(2_100);
    expect(state().connection.kind).toBe('silent');
  });

  // SYNC-7
  it('was none when the server was only slow: one socket, and nothing is sent twice', async () => {
    await inside();
    session.say('hello');
    await vi.advanceTimersByTimeAsync(6_000);
    expect(state().connection.kind).toBe('silent');
    socket().say({ type: 'clock:pong', c1: 0, s2: 0, s3: 0 });
    await settle();
    expect(state().connection).toMatchObject({ kind: 'live', returned: true });
    expect(FakeSocket.opened).toHaveLength(1);
    expect(socket().all('chat:send')).toHaveLength(1);
  });

  // SYNC-7, SYNC-15
  it('was none when the page slept for longer than silence may last, and the answer lies there unread', async () => {
    await inside();
    everyTimerIsLate();
    await vi.advanceTimersByTimeAsync(12_500);
    socket().say({ type: 'clock:pong', c1: 0, s2: 0, s3: 0 });
    await settle();
    expect(state().connection.kind).toBe('live');
    expect(FakeSocket.opened).toHaveLength(1);
  });

  // SYNC-7
  it('is noticed also where every timer comes late, as in a tab that is hidden', async () => {
    await inside();
    everyTimerIsLate();
    await vi.advanceTimersByTimeAsync(16_000);
    expect(FakeSocket.opened).toHaveLength(2);
  });

  // SYNC-7, SYNC-15
  it('was none when it was the page that slept, and the answer lies there unread', async () => {
    await inside();
    session.command({ kind: 'play' });
    const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    await vi.advanceTimersByTimeAsync(2_100);
    expect(state().connection.kind).toBe('live');
    now.mockRestore();
  });

  // SYNC-7, WEB-7
  it('is doubted at once when the browser says that it is offline', async () => {
    await inside();
    dispatchEvent(new Event('offline'));
    await vi.advanceTimersByTimeAsync(1_100);
    expect(state().connection.kind).toBe('silent');
    session.retryNow();
    await settle();
    expect(FakeSocket.opened).toHaveLength(2);
  });

  // SYNC-7
  it('asks for a new grant when the session has lapsed', async () => {
    await inside();
    socket().drop();
    await vi.advanceTimersByTimeAsync(300);
    rejoin.mockResolvedValue({ ...GRANT, joinToken: 'second-token' });
    socket().accept().say({ type: 'room:error', code: 'token_invalid', message: '' });
    socket().drop(4001);
    await vi.advanceTimersByTimeAsync(1_000);
    socket().accept();
    expect(socket().sent[0]).toMatchObject({ credential: { kind: 'join', token: 'second-token' } });
  });

  // ROOM-2, WEB-7
  it('ends with the reason when the server does not let the person back in', async () => {
    await inside();
    socket().drop();
    await vi.advanceTimersByTimeAsync(300);
    rejoin.mockRejectedValue(new ProblemError('room_banned', 403));
    socket().accept().say({ type: 'room:error', code: 'not_in_room', message: '' });
    socket().drop(4001);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(state().connection).toMatchObject({ kind: 'out', why: 'room_banned' });
  });

  // OBS-6
  it('waits as long as a server asks that stops', async () => {
    await inside();
    socket().say({ type: 'server:shutdown', reconnectInMs: 5_000 });
    socket().drop(1001);
    const before = FakeSocket.opened.length;
    await vi.advanceTimersByTimeAsync(4_900);
    expect(FakeSocket.opened).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(200);
    expect(FakeSocket.opened).toHaveLength(before + 1);
  });

  // OBS-6, SYNC-7
  it('does not bring everybody back in one blow to a server that stopped', async () => {
    await inside();
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    socket().say({ type: 'server:shutdown', reconnectInMs: 5_000 });
    socket().drop(1001);
    const before = FakeSocket.opened.length;
    await vi.advanceTimersByTimeAsync(7_400);
    expect(FakeSocket.opened).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(200);
    expect(FakeSocket.opened).toHaveLength(before + 1);
  });

  // SYNC-7
  it('is tried again at once where the server asks for that', async () => {
    await inside();
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    socket().say({ type: 'server:shutdown', reconnectInMs: 0 });
    socket().drop(1001);
    const before = FakeSocket.opened.length;
    await settle();
    expect(FakeSocket.opened).toHaveLength(before + 1);
  });

  // CHAT-1, SYNC-7
  it('sends lines again that nobody has answered, under the same key', async () => {
    await inside();
    session.say('still there?');
    const [first] = socket().all('chat:send');
    socket().drop();
    await vi.advanceTimersByTimeAsync(300);
    socket().welcome();
    expect(socket().all('chat:send')).toEqual([first]);
  });
});

describe('older lines that were asked for', () => {
  // CHAT-1, WEB-7
  it('may be asked for again when the server refuses them', async () => {
    await inside();
    socket().say({ type: 'chat:history', messages: [chatLine(7)], more: true });
    session.loadOlder();
    socket().say({ type: 'room:error', code: 'rate_limited', message: '' });
    expect(state()).toMatchObject({ chat: { loadingOlder: false }, notice: { kind: 'refused', code: 'rate_limited' } });
    session.loadOlder();
    expect(socket().all('chat:history')).toHaveLength(2);
  });

  // CHAT-1
  it('are still on their way when something else is refused', async () => {
    await inside();
    socket().say({ type: 'chat:history', messages: [chatLine(7)], more: true });
    session.loadOlder();
    socket().say({ type: 'room:error', code: 'queue_full', message: '', requestId: 'another' });
    expect(state().chat.loadingOlder).toBe(true);
  });
});

describe('an offer of the room', () => {
  // OWN-3, WEB-7
  it('still stands when its answer could not be sent', async () => {
    await inside();
    socket().say({ type: 'room:offer_ownership', untilMs: 60_000 });
    await vi.advanceTimersByTimeAsync(5_100);
    expect(state().connection.kind).toBe('silent');
    session.answerOffer(true);
    expect(socket().all('room:answer_ownership')).toEqual([]);
    expect(state()).toMatchObject({ offerUntil: 60_000, notice: { kind: 'not_sent' } });
  });
});

describe('being sent out', () => {
  // ROOM-5
  it('is final and carries the owner’s words', async () => {
    await inside();
    socket().say({ type: 'room:closed', reason: 'kicked', message: 'spoilers' });
    expect(state().connection).toEqual({ kind: 'out', why: 'kicked', message: 'spoilers' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.opened).toHaveLength(1);
  });
});

describe("one's own command", () => {
  // WEB-7
  it('is pending until the room tells of it', async () => {
    await inside();
    session.command({ kind: 'play' });
    const [sent] = socket().all('sync:play');
    expect(state().pending?.id).toBe(sent?.id);
    const issued = command(
      { sequenceNumber: 2, isPlaying: true },
      { kind: 'PLAY', issuer: 'ada', idempotencyKey: sent?.id ?? '' },
    );
    socket().say({ type: 'sync:command', command: issued, status: 'playing' });
    expect(state().pending).toBeNull();
    expect(state().room?.playback.isPlaying).toBe(true);
    expect(state().deed).toMatchObject({ who: 'Ada', mine: true, kind: 'PLAY' });
  });

  // SYNC-12, WEB-7
  it('that is refused is undone and says why', async () => {
    await inside();
    session.command({ kind: 'pause' });
    const [sent] = socket().all('sync:pause');
    socket().say({
      type: 'sync:reply',
      id: sent?.id ?? '',
      outcome: 'refused',
      sequenceNumber: 1,
      code: 'not_allowed_to_control',
    });
    expect(state().pending).toBeNull();
    expect(state().notice).toMatchObject({ kind: 'refused', code: 'not_allowed_to_control' });
  });

  // WEB-7
  it('that nobody answers is undone after a while', async () => {
    await inside();
    session.command({ kind: 'seek', mediaTimeMs: 1234.6 });
    expect(socket().all('sync:seek')[0]).toMatchObject({ mediaTimeMs: 1235 });
    await vi.advanceTimersByTimeAsync(7_000);
    expect(state().pending).toBeNull();
    expect(state().notice).toMatchObject({ kind: 'unanswered' });
  });

  // SYNC-3, WEB-7
  it('is not sent at all while the room cannot be reached, then or later', async () => {
    await inside();
    socket().drop();
    session.command({ kind: 'pause' });
    expect(state()).toMatchObject({ pending: null, notice: { kind: 'not_sent' } });
    await vi.advanceTimersByTimeAsync(300);
    socket().welcome();
    expect(socket().all('sync:pause')).toEqual([]);
  });

  // SYNC-3, WEB-7
  it('is not sent either on a socket on which nobody answers', async () => {
    await inside();
    await vi.advanceTimersByTimeAsync(5_100);
    session.command({ kind: 'pause' });
    expect(state()).toMatchObject({ connection: { kind: 'silent' }, pending: null, notice: { kind: 'not_sent' } });
    expect(socket().all('sync:pause')).toEqual([]);
  });

  // SYNC-4, SYNC-7
  it('that was sent on a connection that was lost is sent again under the same key', async () => {
    await inside();
    session.command({ kind: 'pause' });
    const [first] = socket().all('sync:pause');
    socket().drop();
    expect(state().pending?.id).toBe(first?.id);
    await vi.advanceTimersByTimeAsync(300);
    socket().welcome();
    expect(socket().all('sync:pause')).toEqual([first]);
    socket().say({ type: 'sync:reply', id: first?.id ?? '', outcome: 'duplicate', sequenceNumber: 2 });
    expect(state().pending).toBeNull();
  });

  // SYNC-4, WEB-7
  it('is not sent again when the connection was away for longer than a press is meant', async () => {
    await inside();
    session.command({ kind: 'pause' });
    socket().drop();
    await vi.advanceTimersByTimeAsync(6_500);
    expect(state()).toMatchObject({ pending: null, notice: { kind: 'unanswered' } });
    socket().welcome();
    expect(state().connection.kind).toBe('live');
    expect(socket().all('sync:pause')).toEqual([]);
  });
});

describe('commands of the room', () => {
  // SYNC-6
  it('that are missing are asked for, and applied in order', async () => {
    await inside();
    socket().say({
      type: 'sync:command',
      command: command({ sequenceNumber: 3, anchorMediaTimeMs: 3_000 }),
      status: 'paused',
    });
    expect(state().room?.playback.sequenceNumber).toBe(1);
    await vi.advanceTimersByTimeAsync(350);
    expect(socket().all('sync:catchup')).toEqual([{ type: 'sync:catchup', afterSequence: 1 }]);
    const commands = [command({ sequenceNumber: 2 }), command({ sequenceNumber: 3, anchorMediaTimeMs: 3_000 })];
    socket().say({ type: 'sync:catchup', commands });
    expect(state().room?.playback).toMatchObject({ sequenceNumber: 3, anchorMediaTimeMs: 3_000 });
  });

  // SYNC-7
  it('start from the state of a hello', async () => {
    await inside();
    const playback = playbackWith({ epoch: 2, sequenceNumber: 9 });
    socket().drop();
    await vi.advanceTimersByTimeAsync(300);
    socket().welcome({ room: roomView({ playback }) });
    socket().say({ type: 'sync:command', command: command({ epoch: 1, sequenceNumber: 10 }), status: 'paused' });
    expect(state().room?.playback).toEqual(playback);
  });
});
