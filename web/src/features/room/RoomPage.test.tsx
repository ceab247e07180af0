import { act, screen, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import type { Code, RoomView, ServerMessage, VideoView } from '@/api/generated/protocol';
import type * as Players from '@/players';
import { openPlayer } from '@/players';
import { button, enter, onOut, say, socket, socketsAreFake } from '@/test/enter-room';
import { FakeSocket } from '@/test/fake-socket';
import { mockServer, ROOM } from '@/test/mock-server';
import { chatLine, person, roomView, SETTINGS, video } from '@/test/room-fixtures';
import { useToasts } from '@/ui/toast-store';

// A film itself is tried in real browsers.
vi.mock('@/players', async (original) => ({ ...(await original<typeof Players>()), openPlayer: vi.fn() }));

socketsAreFake();

/** The room as it is told after a change. */
function stateOf({ status, ownerId, settings, queue, banned, delegateId }: RoomView): ServerMessage {
  return { type: 'room:state', status, ownerId, settings, queue, banned, delegateId };
}

/** A film that is made but not opened: the player itself is tried in real browsers. */
const coming = roomView({ video: video({ status: 'processing', playable: false, progress: 0.4, etaSeconds: 20 }) });

describe('the room', () => {
  // WEB-4
  it('has its regions and its names', async () => {
    await enter({ room: coming });
    const people = screen.getByRole('region', { name: 'People' });
    expect(within(people).getByText('Ada')).toBeVisible();
    expect(within(people).getByText('Ben')).toBeVisible();
    expect(screen.getByRole('region', { name: 'Chat' })).toBeVisible();
    for (const name of ['Copy invite link', 'Leave room', 'Send', 'Room settings']) expect(button(name)).toBeVisible();
    expect(document.querySelectorAll('video')).toHaveLength(1);
  });

  // UPL-1, WT-1
  it('without a film is a place to bring one', async () => {
    await enter({ room: roomView({ video: null }) });
    expect(button('Upload a film')).toBeVisible();
    expect(screen.getByLabelText('Film file')).toBeInTheDocument();
  });

  // ROOM-2, WEB-7
  it('warns of a link that opens on this machine only', async () => {
    const { user } = await enter({ room: coming });
    await user.click(button('Copy invite link'));
    expect(useToasts.getState().toasts).toMatchObject([
      { tone: 'alert', text: expect.stringContaining('this machine only') },
    ]);
  });

  // TRN-4
  it('tells how far the film is and when it can be watched', async () => {
    await enter({ room: coming });
    expect(screen.getByText('You can watch in about 20 seconds')).toBeVisible();
    expect(screen.getByRole('progressbar', { name: 'Preparing' })).toHaveAttribute('aria-valuenow', '40');
  });

  // WEB-7
  it('says that the player itself could not be fetched, and takes it when it comes', async () => {
    vi.mocked(openPlayer).mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
    const { user } = await enter({ room: roomView() });
    expect(await screen.findByRole('alert')).toHaveTextContent('The film cannot be fetched right now');
    vi.mocked(openPlayer).mockResolvedValue({ kind: 'unsupported' });
    await user.click(button('Try again'));
    await vi.waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('This browser cannot play films'));
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  // ROOM-2, WEB-7
  it('is left by its button, for the page around it to go on', async () => {
    const { user } = await enter({ room: coming });
    await user.click(button('Leave room'));
    expect(socket().all('room:leave')).toHaveLength(1);
    expect(onOut).toHaveBeenCalledWith('left');
  });

  // ROOM-5
  it('ends for somebody who is sent out, with the owner’s words', async () => {
    await enter({ room: coming });
    await say({ type: 'room:closed', reason: 'kicked', message: 'spoilers' });
    expect(onOut).toHaveBeenCalledWith('kicked');
    expect(useToasts.getState().toasts.at(-1)?.text).toContain('spoilers');
  });

  // SYNC-7, WEB-7
  it('says that the connection is lost, when it tries again, and tries at once if asked', async () => {
    const { user } = await enter({ room: coming });
    vi.spyOn(Math, 'random').mockReturnValue(0.99);
    for (let i = 0; i < 4; i += 1) {
      await act(async () => socket().drop());
      if (i < 3) await act(async () => dispatchEvent(new Event('online')));
    }
    expect(await screen.findByText(/No connection. Next try in/)).toBeVisible();
    const before = FakeSocket.opened.length;
    await user.click(button('Try now'));
    expect(FakeSocket.opened).toHaveLength(before + 1);
    await act(async () => void socket().welcome({ room: coming }));
    expect(await screen.findByText('Connected again')).toBeVisible();
  });
});

describe('the settings of the room', () => {
  // ROOM-1
  it.each([
    [true, /needs the password/],
    [false, /Whoever has the link can come in/],
  ])('tell its owner whether strangers are asked for a password: %s', async (passwordNeeded, words) => {
    mockServer.use(http.get('*/api/v1/rooms/:code', () => HttpResponse.json({ ...ROOM, passwordNeeded })));
    const { user } = await enter({ room: coming });
    await user.click(button('Room settings'));
    expect(await screen.findByText(words)).toBeVisible();
  });
});

describe('a film that did not work', () => {
  const failed = (failure: Code) => video({ status: 'failed', playable: false, failure });

  /** Enters a room with it; `own` are the films that the server knows as this person's. */
  async function enterWith(film: VideoView, own: VideoView[]) {
    const asked = vi.fn(() => HttpResponse.json({ items: own, storage: { usedBytes: 0, quotaBytes: 1 } }));
    mockServer.use(http.get('*/api/v1/videos', asked));
    const page = await enter({ room: roomView({ video: film }) });
    return { ...page, asked };
  }

  // TRN-6, WEB-7
  it('for good says why and makes room for another, but is not tried again', async () => {
    const film = failed('format_error');
    const { asked } = await enterWith(film, [film]);
    expect(screen.getByRole('alert')).toHaveTextContent('could not be decoded');
    expect(button('Upload a film')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    expect(asked).not.toHaveBeenCalled();
  });

  // TRN-6
  it.each<Code>(['timeout', 'oom', 'storage', 'cancelled'])('for %s can be tried again by its owner', async (code) => {
    const film = failed(code);
    const retried = vi.fn(() => HttpResponse.json(film, { status: 202 }));
    mockServer.use(http.post('*/api/v1/videos/:id/retry', retried));
    const { user } = await enterWith(film, [film]);
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    await vi.waitFor(() => expect(retried).toHaveBeenCalledTimes(1));
  });

  // TRN-6
  it('is nothing that others could try again', async () => {
    const { asked } = await enterWith(failed('timeout'), []);
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    await act(async () => {});
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });
});

describe('the chat', () => {
  const box = () => screen.getByRole('textbox', { name: 'Message' });

  // CHAT-1, WEB-7
  it('shows an own line at once and the room’s in its place', async () => {
    const { user } = await enter({ room: coming });
    await user.type(box(), 'hello{Enter}');
    expect(screen.getByText('hello')).toBeVisible();
    expect(box()).toHaveValue('');
    const [sent] = socket().all('chat:send');
    const line = chatLine(5, {
      author: 'ada',
      authorName: 'Ada',
      clientId: sent?.id ?? '',
      body: { kind: 'text', text: 'hello' },
    });
    await say({ type: 'chat:message', message: line });
    expect(screen.getAllByText('hello')).toHaveLength(1);
  });

  // CHAT-2, WEB-7
  it('says at the line why it was refused', async () => {
    const { user } = await enter({ room: coming });
    await user.type(box(), 'again{Enter}');
    const [sent] = socket().all('chat:send');
    await say({ type: 'room:error', code: 'message_too_fast', message: '', requestId: sent?.id ?? '' });
    expect(screen.getByRole('alert')).toHaveTextContent('faster than the room allows');
    await user.click(button('Send again'));
    expect(
      socket()
        .all('chat:send')
        .map(({ id }) => id),
    ).toEqual([sent?.id, sent?.id]);
  });

  // CHAT-2
  it('shows what people write as text, never as markup', async () => {
    await enter({ room: coming });
    const text = '<img src=x onerror=alert(1)> https://example.org';
    await say({ type: 'chat:message', message: chatLine(5, { body: { kind: 'text', text } }) });
    const chat = screen.getByRole('region', { name: 'Chat' });
    expect(chat.querySelector('img')).toBeNull();
    const link = within(chat).getByRole('link', { name: 'https://example.org' });
    expect(link).toHaveAttribute('rel', expect.stringMatching(/noopener.*nofollow/));
  });

  // CHAT-1
  it('tells what happened, in words', async () => {
    await enter({ room: coming });
    const body = { kind: 'system', event: { event: 'paused', positionMs: 724_000 } } as const;
    await say({ type: 'chat:message', message: chatLine(5, { body }) });
    expect(screen.getByText('Ben paused at 12:04')).toBeVisible();
  });

  // CHAT-1
  it('is closed to guests where the owner wants it, and says so', async () => {
    const participants = [person({ id: 'ada', role: 'guest' }), person({ id: 'ben', name: 'Ben', role: 'owner' })];
    const settings = { ...SETTINGS, guestChat: false };
    await enter({ room: { ...coming, ownerId: 'ben', participants, settings } });
    expect(box()).toBeDisabled();
    expect(screen.getByText(/only people with an account can write/)).toBeVisible();
  });
});

describe('the people', () => {
  // ROOM-5
  it('can be sent out by the owner, with a reason', async () => {
    const { user } = await enter({ room: coming });
    await user.click(button('Actions for Ben'));
    await user.click(await screen.findByRole('menuitem', { name: 'Send out' }));
    await user.type(await screen.findByRole('textbox', { name: 'Reason' }), 'spoilers');
    await user.click(screen.getByRole('switch', { name: 'For good' }));
    await user.click(button('Send out'));
    expect(socket().all('room:kick')[0]).toMatchObject({ participant: 'ben', reason: 'spoilers', ban: true });
  });

  // ROOM-4
  it('offer nothing to those who do not own the room', async () => {
    await enter({ room: { ...coming, ownerId: 'ben' } });
    expect(screen.queryByRole('button', { name: /^Actions for/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Room settings' })).toBeNull();
  });

  // ROOM-6
  it('see a changed name of the room at once', async () => {
    await enter({ room: coming });
    await say(stateOf({ ...coming, settings: { ...SETTINGS, name: 'Second film' } }));
    expect(screen.getByRole('heading', { name: 'Second film' })).toBeVisible();
  });

  // SYNC-13
  it('show how well each follows', async () => {
    const participants = [person(), person({ id: 'ben', name: 'Ben', sync: 'drifting', driftMs: -320 })];
    await enter({ room: { ...coming, participants } });
    expect(button('Catching up, 320 ms behind')).toBeVisible();
  });

  // SYNC-13, WEB-7
  it('are not said to be in step by a page that cannot hear of them', async () => {
    const synced = { sync: 'synced', driftMs: 3 } as const;
    const participants = [person(synced), person({ id: 'ben', name: 'Ben', ...synced })];
    await enter({ room: { ...coming, participants } });
    expect(screen.getAllByRole('button', { name: 'In step, to the frame' })).toHaveLength(2);
    await act(async () => socket().drop());
    expect(button('Connecting')).toBeVisible();
    expect(button('Not known while you are offline')).toBeVisible();
    expect(screen.queryByRole('button', { name: /In step/ })).toBeNull();
  });
});
