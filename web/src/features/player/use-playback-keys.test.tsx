import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { Menu } from '@/ui/Menu';
import { type PlaybackKeys, usePlaybackKeys } from './use-playback-keys';

const toggle = vi.fn();
const delaySubtitle = vi.fn();
const nothing = () => {};
const KEYS: PlaybackKeys = {
  toggle,
  skip: nothing,
  fullscreen: nothing,
  mute: nothing,
  sidebar: nothing,
  help: nothing,
  delaySubtitle,
};

function Stage() {
  usePlaybackKeys(KEYS);
  const entries = [{ kind: 'item', label: '2×', onSelect: nothing }] as const;
  return <Menu trigger={<button type="button">Speed</button>} entries={[...entries]} />;
}

const speed = () => screen.getByRole('button', { name: 'Speed' });

beforeEach(() => {
  toggle.mockReset();
  delaySubtitle.mockReset();
  render(<Stage />);
});

// WEB-4, WEB-2
test('Space plays again after a menu that a pointer opened is closed, by a choice or without one', async () => {
  await userEvent.click(speed());
  await userEvent.click(await screen.findByRole('menuitem', { name: '2×' }));
  await userEvent.keyboard(' ');
  expect(toggle).toHaveBeenCalledTimes(1);
  await userEvent.click(speed());
  await screen.findByRole('menu');
  await userEvent.keyboard('{Escape} ');
  expect(screen.queryByRole('menu')).toBeNull();
  expect(toggle).toHaveBeenCalledTimes(2);
});

// WEB-4
test('Space presses the button to which somebody went by keyboard', async () => {
  await userEvent.click(speed());
  await screen.findByRole('menu');
  await userEvent.keyboard('{Escape}');
  await userEvent.tab();
  await userEvent.tab({ shift: true });
  expect(speed()).toHaveFocus();
  await userEvent.keyboard(' ');
  expect(await screen.findByRole('menu')).toBeVisible();
  expect(toggle).not.toHaveBeenCalled();
});

// WEB-4
test('a menu that was opened by keyboard gives the focus and Space back to its button', async () => {
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await screen.findByRole('menu');
  await userEvent.keyboard('{Escape}');
  expect(speed()).toHaveFocus();
  await userEvent.keyboard(' ');
  expect(await screen.findByRole('menu')).toBeVisible();
  expect(toggle).not.toHaveBeenCalled();
});

// SRC-6
test('g and h move the subtitles earlier and later, for as long as they are held', async () => {
  await userEvent.keyboard('h{h>3/}g');
  expect(delaySubtitle.mock.calls.map(([steps]) => steps)).toEqual([1, 1, 1, 1, -1]);
});
