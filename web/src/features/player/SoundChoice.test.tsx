import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Player, SoundTrack } from '@/players';
import { showInRoom } from '@/test/in-room';
import { createPlayerStore } from './player-store';
import { SoundChoice } from './SoundChoice';
import { rememberedSound } from './sound-memory';

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
  const player = { chooseSound } as unknown as Player; // the rest of a player moves it
  const { user } = showInRoom(<SoundChoice player={player} status={status} />);
  return { user, chooseSound };
}

// SRC-6
test('each viewer chooses his sound, by pointer or by keyboard, and this device keeps it for the next film', async () => {
  const { user, chooseSound } = show(TRACKS);
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
  expect(screen.queryByRole('radio')).toBeNull();
});

// SRC-6
test('a memory that holds nonsense wishes for nothing', () => {
  localStorage.setItem('syncwatch.sound', '{"label":7}');
  expect(rememberedSound()).toBeNull();
});
