import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Code } from '@/api/generated/protocol';
import { video } from '@/test/room-fixtures';
import { showPage } from '@/test/show-page';
import { FilmCard } from './FilmCard';

async function offers(failure: Code): Promise<(string | null)[]> {
  const film = video({ status: 'failed', playable: false, failure });
  const { user } = showPage(<FilmCard film={film} onChanged={vi.fn()} />);
  await user.click(screen.getByRole('button', { name: 'Actions for Film' }));
  return (await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent);
}

// TRN-6, UPL-5
test('a film that was refused for good can be renamed and deleted, not tried again', async () => {
  expect(await offers('unsupported_format')).toEqual(['Details', 'Rename', 'Delete']);
});

// TRN-6, UPL-5
test('a film whose making took too long can be tried again', async () => {
  expect(await offers('timeout')).toEqual(['Try again', 'Details', 'Rename', 'Delete']);
});

// TRN-3, UPL-5
test('a film that was not made to its end can be watched as far as it goes', async () => {
  const film = video({ status: 'failed', playable: true, failure: 'timeout' });
  const { user } = showPage(<FilmCard film={film} onChanged={vi.fn()} />);
  expect(screen.getByRole('button', { name: 'Watch Film in a new room' })).toBeEnabled();
  await user.click(screen.getByRole('button', { name: 'Actions for Film' }));
  const offered = (await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent);
  expect(offered).toEqual(['Watch in a new room', 'Try again', 'Details', 'Rename', 'Delete']);
});
