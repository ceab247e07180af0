import { act, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RoomSession, SessionProvider } from '@/connection';
import { FakeSocket } from '@/test/fake-socket';
import { chatLine, GRANT } from '@/test/room-fixtures';
import { commandWith } from '@/test/timeline-fixtures';
import { Diagnostics, noteCorrection, noteLoad, noteSample } from '.';
// Here already, so that no test waits for it to be fetched.
import './DiagnosticsPanel';

let session: RoomSession;
const socket = () => FakeSocket.last;
const overlay = () => screen.queryByRole('dialog', { name: 'Diagnostics' });

beforeEach(async () => {
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.opened = [];
  session = new RoomSession(GRANT);
  session.start();
  await vi.waitFor(() => expect(FakeSocket.opened).toHaveLength(1));
  socket().welcome();
});
afterEach(() => {
  session.stop();
  vi.unstubAllGlobals();
});

async function open() {
  const user = userEvent.setup();
  render(
    <SessionProvider session={session}>
      <button type="button">Somewhere else</button>
      <Diagnostics />
    </SessionProvider>,
  );
  await user.click(screen.getByRole('button', { name: 'Somewhere else' }));
  const toggle = () => user.keyboard('{Control>}{Shift>}[KeyD]{/Shift}{/Control}');
  return { user, toggle };
}

/** One moment of a player, so long after the page was opened. */
const sample = (at: number, driftMs: number) =>
  noteSample({
    at,
    driftMs,
    state: 'playing',
    positionMs: 724_250,
    targetMs: 724_238,
    rate: 1.002,
    bufferedMs: 31_400,
    roundTripMs: 24,
    frames: { due: 1_000, dropped: 5 },
  });

const SECRETS = ['session-token', 'join-token', GRANT.room.code];
const files: Blob[] = [];
beforeEach(() => {
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    files.push(file as Blob);
    return 'blob:kept';
  });
  // The browser of the tests would go to the file instead of keeping it.
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
});
/** What is in the file that was saved last. */
const kept = async () => (await files.at(-1)?.text()) ?? '';

describe('the diagnostics', () => {
  // WEB-6, WEB-4
  it('come and go by their keys, and give the focus back', async () => {
    const { user, toggle } = await open();
    expect(overlay()).toBeNull();
    await toggle();
    expect(await screen.findByRole('dialog', { name: 'Diagnostics' })).toHaveFocus();
    await user.keyboard('{Escape}');
    expect(overlay()).toBeNull();
    expect(screen.getByRole('button', { name: 'Somewhere else' })).toHaveFocus();
    await toggle();
    await screen.findByRole('dialog', { name: 'Diagnostics' });
    await toggle();
    expect(overlay()).toBeNull();
  });

  // WEB-6
  it('show how the player follows, and what was done about it', async () => {
    const { toggle } = await open();
    sample(performance.now() - 1_000, -4);
    sample(performance.now(), 12.34);
    noteCorrection({ at: performance.now(), kind: 'seek', toMs: 724_000 });
    await toggle();
    await screen.findByRole('dialog', { name: 'Diagnostics' });
    for (const words of ['+12.3 ms', '12:04.25', '12:04.23', '1.0020×', '31.4 s', 'Playing', 'Jumped to 12:04'])
      expect(screen.getByText(words)).toBeVisible();
    expect(screen.getByRole('img', { name: /^Drift over the last 0:01, from 20 milliseconds ahead/ })).toBeVisible();
  });

  // WEB-6
  it('know the room’s commands and the losses of the connection also from before they were opened', async () => {
    const { toggle } = await open();
    const command = commandWith({ sequenceNumber: 2, isPlaying: true }, 'PLAY');
    act(() => {
      socket().say({ type: 'sync:command', command, status: 'playing' });
      socket().drop();
    });
    await vi.waitFor(() => expect(FakeSocket.opened).toHaveLength(2));
    act(() => void socket().welcome());
    await toggle();
    await screen.findByRole('dialog', { name: 'Diagnostics' });
    expect(screen.getByText('PLAY #2')).toBeVisible();
    expect(screen.getByText('Came back').nextSibling).toHaveTextContent('1');
    expect(screen.getByText(/^Live, 0:0/)).toBeVisible();
  });

  // WEB-6
  it('show what the line carries and what the screen left out', async () => {
    const { toggle } = await open();
    sample(performance.now(), 0);
    noteLoad({ from: 1_000, to: 1_500, bytes: 500_000 });
    act(() => {
      const command = commandWith({ sequenceNumber: 2, isPlaying: true }, 'PLAY');
      socket().say({ type: 'sync:command', command, status: 'playing' });
    });
    await toggle();
    await screen.findByRole('dialog', { name: 'Diagnostics' });
    const figure = (label: string) => screen.getByText(label).nextSibling;
    expect(figure('Bandwidth')).toHaveTextContent('8.0 Mbit/s');
    expect(figure('Dropped frames')).toHaveTextContent('0.5% of 1000');
    expect(figure('Last command')).toHaveTextContent('PLAY #2, 0:00 ago');
  });

  // WEB-6
  it('show how many questions to the server came to nothing', async () => {
    const { toggle } = await open();
    vi.spyOn(session.line, 'loss').mockReturnValue({ asked: 80, lost: 2 });
    await toggle();
    await screen.findByRole('dialog', { name: 'Diagnostics' });
    expect(screen.getByText('Loss').nextSibling).toHaveTextContent('2.5% of 80');
  });

  // WEB-6, SEC-8
  it('can be kept as a file, in which nothing is secret and nobody is named', async () => {
    const { user, toggle } = await open();
    sample(performance.now(), 3);
    await toggle();
    await user.click(await screen.findByRole('button', { name: 'Save as a file' }));
    await user.click(screen.getByRole('button', { name: 'Save as JSON' }));
    const text = await kept();
    expect(JSON.parse(text)).toMatchObject({
      format: 'syncwatch-diagnostics-2',
      entries: [{ part: 'sync', event: 'playing', driftMs: 3 }],
      analytics: { largestDriftMs: 3 },
    });
    for (const secret of [...SECRETS, 'Ada']) expect(text).not.toContain(secret);
    await user.click(screen.getByRole('button', { name: 'Save as CSV' }));
    expect(await kept()).toMatch(/^time,part,event,.*\r\n.*,sync,playing,3,/);
  });

  // WEB-6
  it('hold the chat only if the owner wishes so', async () => {
    const { user, toggle } = await open();
    const line = chatLine(1, { sentAtMs: Date.now() - 1_000, body: { kind: 'text', text: 'popcorn' } });
    act(() => void socket().say({ type: 'chat:message', message: line }));
    await toggle();
    await user.click(await screen.findByRole('button', { name: 'Save as a file' }));
    await user.click(screen.getByRole('switch', { name: 'Chat' }));
    await user.click(screen.getByRole('button', { name: 'Save as CSV' }));
    const text = await kept();
    expect(text).toMatch(/,chat,message,.*,Ben,popcorn,/);
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  // WEB-6
  it('are seen by everybody, and kept as a file by nobody but the owner', async () => {
    const ownerIs = (ownerId: string) =>
      act(() => void socket().say({ type: 'room:owner_changed', ownerId, reason: 'transferred' }));
    ownerIs('ben');
    const { user, toggle } = await open();
    await toggle();
    await screen.findByRole('dialog', { name: 'Diagnostics' });
    expect(screen.getByText('Drift')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Save as a file' })).toBeNull();
    ownerIs('ada');
    await user.click(screen.getByRole('button', { name: 'Save as a file' }));
    expect(screen.getByRole('button', { name: 'Save as JSON' })).toBeEnabled();
    ownerIs('ben');
    expect(screen.queryByRole('button', { name: 'Save as JSON' })).toBeNull();
  });

  // WEB-6, WEB-7
  it('say when the end that was entered lies before the beginning', async () => {
    const { user, toggle } = await open();
    await toggle();
    await user.click(await screen.findByRole('button', { name: 'Save as a file' }));
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-11-21T20:00:00' } });
    fireEvent.change(screen.getByLabelText('To'), { target: { value: '2026-11-21T19:00:00' } });
    expect(screen.getByRole('alert')).toHaveTextContent('This is before the beginning.');
    expect(screen.getByRole('button', { name: 'Save as JSON' })).toBeDisabled();
  });

  // WEB-6
  it('remember what did not work, by its code', async () => {
    const { user, toggle } = await open();
    act(() => {
      socket().say({ type: 'room:error', code: 'queue_full', message: 'the queue is full' });
      socket().drop();
      window.dispatchEvent(new ErrorEvent('error', { error: new TypeError('at https://example.org/?token=secret') }));
    });
    await toggle();
    await user.click(await screen.findByRole('button', { name: 'Save as a file' }));
    await user.click(screen.getByRole('button', { name: 'Save as JSON' }));
    const text = await kept();
    expect(JSON.parse(text).entries).toMatchObject([
      { part: 'errors', source: 'room', event: 'queue_full' },
      { part: 'errors', source: 'connection', event: 'lost' },
      { part: 'errors', source: 'page', event: 'TypeError' },
    ]);
    expect(text).not.toContain('secret');
  });
});
