import { act, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Tooltip } from './Tooltip';

const show = (byTap = false) =>
  render(
    <Tooltip text="42 ms behind" byTap={byTap}>
      <button type="button">Ring</button>
    </Tooltip>,
  );
const ring = () => screen.getByRole('button', { name: 'Ring' });
const tooltip = () => screen.queryByRole('tooltip');
const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

/** As browsers tell of a finger: the focus and the click come after it was lifted. */
async function tap(heldMs = 50): Promise<void> {
  fireEvent.pointerDown(ring(), { pointerType: 'touch' });
  await pass(heldMs);
  fireEvent.pointerUp(ring(), { pointerType: 'touch' });
  // A finger that stays is a long press, and no click.
  if (heldMs < 300) fireEvent.click(ring());
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

// WEB-1, WEB-4
test('a tooltip does not come by a tap on a button that does something else', async () => {
  show();
  await tap();
  await pass(1_000);
  expect(tooltip()).toBeNull();
});

// SYNC-13, WEB-1
test('a finger that stays brings it up, and it goes by itself', async () => {
  show();
  await tap(600);
  expect(tooltip()).toHaveTextContent('42 ms behind');
  await pass(3_500);
  expect(tooltip()).toBeNull();
});

// SYNC-13, WEB-1
test('a tap brings up what there is no other way to read, and it goes by itself', async () => {
  show(true);
  await tap();
  expect(tooltip()).toHaveTextContent('42 ms behind');
  await pass(3_500);
  expect(tooltip()).toBeNull();
});

// WEB-4
test('a focus that comes back by itself does not bring it up, one by keyboard does', async () => {
  vi.useRealTimers();
  show();
  const button = ring();
  const visible = vi.spyOn(button, 'matches').mockReturnValue(false);
  act(() => button.focus());
  expect(document.querySelector('[role="tooltip"]')).toBeNull();
  act(() => button.blur());
  visible.mockRestore();
  await userEvent.tab();
  expect(await screen.findByRole('tooltip')).toHaveTextContent('42 ms behind');
});
