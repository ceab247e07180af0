import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { personalSync } from './personal-sync';
import { SyncMenu } from './SyncMenu';

afterEach(() => personalSync.setState(personalSync.getInitialState()));

async function open() {
  const user = userEvent.setup();
  const onResync = vi.fn();
  render(<SyncMenu onResync={onResync} />);
  await user.click(screen.getByRole('button', { name: 'My sync' }));
  return { user, onResync };
}

// BEY-5
it('the own player is moved against the room in small steps, and back', async () => {
  const { user } = await open();
  const slider = screen.getByRole('slider', { name: 'Play earlier' });
  slider.focus();
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
  expect(personalSync.getState().offsetMs).toBe(30);
  expect(slider).toHaveAttribute('aria-valuetext', '+30 ms');
  await user.click(screen.getByRole('button', { name: 'Reset' }));
  expect(personalSync.getState().offsetMs).toBe(0);
  expect(slider).toHaveAttribute('aria-valuetext', '0 ms');
});

// BEY-5
it('the own player may be relaxed, and brought into step at once', async () => {
  const { user, onResync } = await open();
  await user.click(screen.getByRole('switch', { name: 'Relaxed' }));
  expect(personalSync.getState().toleranceMs).toBeGreaterThan(0);
  await user.click(screen.getByRole('button', { name: 'Resync' }));
  expect(onResync).toHaveBeenCalledTimes(1);
});
