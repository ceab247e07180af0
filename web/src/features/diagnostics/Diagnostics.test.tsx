import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RoomSession, SessionProvider } from '@/connection';
import { FakeSocket } from '@/test/fake-socket';
import { GRANT } from '@/test/room-fixtures';
import { commandWith } from '@/test/timeline-fixtures';
import { Diagnostics, noteCorrection, noteSample } from '.';
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
  });

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

  // WEB-6, SEC-8
  it('can be kept as a file, in which nothing is secret', async () => {
    const { user, toggle } = await open();
    let kept: Blob | undefined;
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      kept = blob as Blob;
      return 'blob:kept';
    });
    sample(performance.now(), 3);
    await toggle();
    await user.click(await screen.findByRole('button', { name: 'Save as a file' }));
    const text = (await kept?.text()) ?? '';
    expect(JSON.parse(text)).toMatchObject({ format: 'syncwatch-diagnostics-1', samples: [{ driftMs: 3 }] });
    for (const secret of ['session-token', 'join-token', GRANT.room.code, 'Ada']) expect(text).not.toContain(secret);
  });
});
