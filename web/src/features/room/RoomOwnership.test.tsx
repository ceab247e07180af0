import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { button, enter, say, socket, socketsAreFake, tellTime } from '@/test/enter-room';
import { roomView, SETTINGS, video } from '@/test/room-fixtures';
import { useToasts } from '@/ui/toast-store';

socketsAreFake();
beforeEach(() => useToasts.setState({ toasts: [] }));

const NOW = 1_790_000_000_000;
const coming = roomView({ video: video({ status: 'processing', playable: false, progress: 0.4 }) });
const offer = () => screen.queryByRole('region', { name: 'Take the room back?' });
const toasts = () => useToasts.getState().toasts.map(({ text }) => text);

async function returned() {
  const page = await enter({ room: { ...coming, ownerId: 'ben' } });
  await tellTime(NOW);
  await say({ type: 'room:offer_ownership', untilMs: NOW + 60_000 });
  return page;
}

describe('an owner who was away', () => {
  // OWN-3
  it.each([
    ['Take it back', true],
    ['Leave it', false],
  ])('is offered the room and may choose “%s”', async (choice, accept) => {
    const { user } = await returned();
    expect(offer()).toHaveTextContent('You were away, so Ben became owner.');
    await user.click(button(choice));
    expect(socket().all('room:answer_ownership')).toMatchObject([{ accept }]);
    expect(offer()).toBeNull();
  });

  // OWN-3
  it('is offered it no longer when its time is up', async () => {
    await returned();
    await say({ type: 'room:offer_ownership', untilMs: NOW - 1 });
    expect(offer()).toBeNull();
  });

  // OWN-3
  it('is offered it no longer when it has gone to somebody else', async () => {
    await returned();
    await say({ type: 'room:owner_changed', ownerId: 'cleo', reason: 'transferred' });
    expect(offer()).toBeNull();
  });

  // OWN-3
  it('is owner again for everybody', async () => {
    await returned();
    await say({ type: 'room:owner_changed', ownerId: 'ada', reason: 'returned' });
    expect(toasts()).toEqual(['You are the owner again.']);
  });
});

describe('who takes over', () => {
  // OWN-2
  it('is named by the owner, and marked for everybody', async () => {
    const { user } = await enter({ room: coming });
    await user.click(button('Actions for Ben'));
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Takes over when I am away' }));
    expect(socket().all('room:delegate')).toMatchObject([{ participant: 'ben' }]);
    await say({ ...state(), delegateId: 'ben' });
    const people = screen.getByRole('region', { name: 'People' });
    expect(within(people).getByRole('img', { name: 'Takes over when the owner is away' })).toBeVisible();
    await user.click(button('Actions for Ben'));
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Takes over when I am away', checked: true }));
    expect(socket().all('room:delegate')[1]).toMatchObject({ participant: null });
  });

  // OWN-2
  it('is nobody’s business where nobody takes over', async () => {
    const settings = { ...SETTINGS, autoHandover: false };
    const { user } = await enter({ room: { ...coming, settings, delegateId: 'ben' } });
    expect(screen.queryByRole('img', { name: 'Takes over when the owner is away' })).toBeNull();
    await user.click(button('Actions for Ben'));
    expect(screen.queryByRole('menuitemcheckbox', { name: 'Takes over when I am away' })).toBeNull();
  });
});

// WEB-7
it('numbers of one’s own player that cannot be true are no message to a person', async () => {
  const told = vi.spyOn(console, 'warn').mockImplementation(() => {});
  await enter({ room: coming });
  await say({ type: 'room:error', code: 'report_invalid', message: '' });
  expect(toasts()).toEqual([]);
  expect(told).toHaveBeenCalledTimes(1);
  await say({ type: 'room:error', code: 'nothing_offered', message: '' });
  expect(toasts()).toEqual(['The room is no longer offered to you.']);
});

function state() {
  const { status, ownerId, settings, queue, banned, delegateId } = coming;
  return { type: 'room:state', status, ownerId, settings, queue, banned, delegateId } as const;
}
