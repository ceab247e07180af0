import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Player, SoundTrack } from '@/players';
import { createPlayerStore } from './player-store';
import { rememberedSound } from './sound-memory';
import { TracksMenu } from './TracksMenu';

const TRACKS: SoundTrack[] = [
  { id: 0, label: 'Deutsch', language: 'deu' },
  { id: 1, label: 'Commentary', language: 'en' },
  { id: 2, label: '', language: 'fr' },
  { id: 3, label: '', language: null },
];

function show(available: SoundTrack[]) {
  const status = createPlayerStore();
  status.setState({ sound: { available, playing: 0 } });
  const chooseSound = vi.fn((id: number) => status.setState({ sound: { available, playing: id } }));
  render(<TracksMenu player={{ chooseSound } as unknown as Player} status={status} />);
  return { user: userEvent.setup(), chooseSound };
}

// SRC-6
test('each viewer chooses his sound, by pointer or by keyboard, and this device keeps it for the next film', async () => {
  const { user, chooseSound } = show(TRACKS);
  await user.click(screen.getByRole('button', { name: 'Sound' }));
  expect(screen.getAllByRole('radio').map((radio) => radio.getAttribute('aria-label'))).toEqual([
    'Deutsch',
    'Commentary',
    'French',
    'Track 4',
  ]);
  expect(screen.getByRole('radio', { name: 'Deutsch' })).toBeChecked();
  await user.click(screen.getByRole('radio', { name: 'Commentary' }));
  expect(chooseSound).toHaveBeenLastCalledWith(1);
  expect(screen.getByRole('radio', { name: 'Commentary' })).toBeChecked();
  expect(rememberedSound()).toEqual({ label: 'Commentary', language: 'en' });
  screen.getByRole('radio', { name: 'Commentary' }).focus();
  await user.keyboard('{ArrowDown>}');
  await waitFor(() => expect(chooseSound).toHaveBeenLastCalledWith(2));
});

// SRC-6
test('a film with one sound offers no choice of it', () => {
  show(TRACKS.slice(0, 1));
  expect(screen.queryByRole('button')).toBeNull();
});

// SRC-6
test('a memory that holds nonsense wishes for nothing', () => {
  localStorage.setItem('syncwatch.sound', '{"label":7}');
  expect(rememberedSound()).toBeNull();
});
