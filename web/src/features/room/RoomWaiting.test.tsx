import { cleanup, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatBody, RoomView, Waiting } from '@/api/generated/protocol';
import type * as Players from '@/players';
import { openPlayer } from '@/players';
import { button, enter, say, socket, socketsAreFake, tellTime } from '@/test/enter-room';
import { chatLine, person, roomView, SETTINGS } from '@/test/room-fixtures';
import { useToasts } from '@/ui/toast-store';

vi.mock('@/players', async (original) => ({ ...(await original<typeof Players>()), openPlayer: vi.fn() }));

socketsAreFake();
// The film itself never comes: what is said about it is looked at here.
beforeEach(() => {
  vi.mocked(openPlayer).mockReturnValue(new Promise(() => {}));
  useToasts.setState({ toasts: [] });
});

const NOW = 1_790_000_000_000;
const forBen: Waiting = { cause: 'rebuffer', participants: ['ben'], untilMs: NOW + 7_000 };

async function wait(waiting: Waiting, room: Partial<RoomView> = {}) {
  const page = await enter({ room: roomView(room) });
  await tellTime(NOW);
  await say({ type: 'room:waiting', waiting });
  return page;
}

describe('a room that waits', () => {
  // BEY-4
  it('says for whom and when it goes on, and marks him among the people', async () => {
    await wait(forBen);
    expect(screen.getByText('Waiting for Ben')).toBeVisible();
    expect(await screen.findByText(/Going on in [67]s/)).toBeVisible();
    const people = screen.getByRole('region', { name: 'People' });
    expect(within(people).getByRole('img', { name: 'The film waits for this person' })).toBeVisible();
    await say({ type: 'room:waiting', waiting: null });
    expect(screen.queryByText('Waiting for Ben')).toBeNull();
  });

  // BEY-4
  it('goes on at once for whoever may control it', async () => {
    const { user } = await wait(forBen);
    await user.click(button('Go on now'));
    expect(socket().all('sync:play')).toHaveLength(1);
    expect(screen.queryByText('Waiting for Ben')).toBeNull();
  });

  // BEY-4, WEB-7
  it('means to play, so its button pauses', async () => {
    const { user } = await wait(forBen);
    await user.click(button('Pause'));
    expect(socket().all('sync:pause')).toHaveLength(1);
    expect(button('Play')).toBeVisible();
  });

  // BEY-4, SYNC-12
  it('leaves the decision to those who may control it', async () => {
    await wait(forBen, { ownerId: 'ben', settings: { ...SETTINGS, playbackControl: 'owner_only' } });
    expect(screen.queryByRole('button', { name: 'Go on now' })).toBeNull();
  });

  // BEY-4
  it('tells the one it waits for that it is he, and names no more people than can be read', async () => {
    await wait({ cause: 'first_load', participants: ['ada'], untilMs: NOW + 60_000 });
    expect(screen.getByText('The others wait for you')).toBeVisible();
    const ids = ['ben', 'cleo', 'dora', 'eve', 'finn', 'gil'];
    const participants = [person(), ...ids.map((id) => person({ id, name: id }))];
    await say({ type: 'room:participants', participants });
    await say({ type: 'room:waiting', waiting: { ...forBen, participants: ['ada', ...ids] } });
    expect(screen.getByText('Waiting for you, ben, cleo, and 4 others')).toBeVisible();
  });

  // BEY-4, CHAT-1
  it('tells in the chat without whom it went on', async () => {
    await enter();
    const body: ChatBody = { kind: 'system', event: { event: 'went_on_without', names: ['Ben', 'Cleo'] } };
    await say({ type: 'chat:message', message: chatLine(5, { author: null, authorName: '', body }) });
    expect(screen.getByText('The film goes on without Ben and Cleo')).toBeVisible();
  });

  // BEY-4, ROOM-6
  it('is what the owner chose, with words that say what it means', async () => {
    const { user } = await enter();
    await user.click(button('Room settings'));
    const chosen = screen.getByRole('combobox', { name: "When somebody's film gets stuck" });
    expect(chosen).toHaveAccessibleDescription(
      'The film plays on for everybody else. Whoever was stuck jumps to where the others are.',
    );
    await user.click(chosen);
    await user.click(await screen.findByRole('option', { name: 'Wait for everybody' }));
    expect(socket().all('room:settings')[0]).toMatchObject({ patch: { waiting: 'wait' } });
  });

  // BEY-4, ROOM-6
  it('tells the others when the owner has chosen otherwise, and him nothing that he has just done', async () => {
    const chosenBy = async (ownerId: string) => {
      const { status, queue, banned, delegateId } = roomView();
      const settings = { ...SETTINGS, waiting: 'wait' } as const;
      await enter({ room: roomView({ ownerId }) });
      await say({ type: 'room:state', status, ownerId, settings, queue, banned, delegateId });
      return useToasts.getState().toasts.at(-1)?.text;
    };
    expect(await chosenBy('ada')).toBeUndefined();
    cleanup();
    expect(await chosenBy('ben')).toBe(
      "Ben changed a setting: when somebody's film gets stuck, it now waits for all, 10 seconds at most.",
    );
  });
});
