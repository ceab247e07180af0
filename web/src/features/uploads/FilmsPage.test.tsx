import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { VideoView } from '@/api/generated/protocol';
import { beginSession, endSession, restoreSession } from '@/api/session';
import { mockServer, problem, ROOM, session } from '@/test/mock-server';
import { video } from '@/test/room-fixtures';
import { showPage } from '@/test/show-page';
import { FilmsPage } from './FilmsPage';

const GIGABYTE = 1024 ** 3;
const TITLES = ['Night Train', 'Été à Nice', 'Hills 10', 'Hills 2', 'Winter', 'The Sea', 'Moth'];

const FILMS = TITLES.map((title, index) =>
  video({ id: `film-${index}`, title, createdAtMs: index, sizeBytes: ((index * 3) % 7) * GIGABYTE }),
);

function stored(films: VideoView[], usedBytes = 5 * GIGABYTE): void {
  const storage = { usedBytes, quotaBytes: 20 * GIGABYTE };
  mockServer.use(
    http.get('*/api/v1/videos', () => HttpResponse.json({ items: films, storage })),
    http.get('*/api/v1/rooms/mine', () => HttpResponse.json({ items: [{ ...ROOM, watching: 'Winter' }] })),
  );
}

beforeEach(async () => {
  // Once in each page nobody is found to be logged in; that is to be over.
  await restoreSession();
  beginSession(session('access-1'));
});
afterEach(endSession);

const titles = () => screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);

async function open(films = FILMS, usedBytes?: number) {
  stored(films, usedBytes);
  const page = showPage(<FilmsPage />, { path: '/films' });
  await screen.findAllByRole('article');
  return page;
}

// UPL-5
test('a few films are shown as they are, newest first', async () => {
  await open(FILMS.slice(0, 3));
  expect(titles()).toEqual(['Hills 10', 'Été à Nice', 'Night Train']);
  expect(screen.queryByRole('searchbox')).toBeNull();
});

// UPL-5
test('many films can be searched without their accents, and the address keeps the search', async () => {
  const { user, router } = await open();
  await user.type(screen.getByRole('searchbox', { name: 'Search my films' }), 'ete nice');
  expect(titles()).toEqual(['Été à Nice']);
  expect(router.state.location.search).toBe('?q=ete+nice');
  await user.clear(screen.getByRole('searchbox'));
  await user.type(screen.getByRole('searchbox'), 'zebra');
  await user.click(screen.getByRole('button', { name: 'Show all' }));
  expect(titles()).toHaveLength(TITLES.length);
});

// UPL-5
test('many films can be put in order, numbers in titles as numbers', async () => {
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Order: Newest first' }));
  await user.click(await screen.findByRole('menuitemradio', { name: 'By title' }));
  await waitFor(() =>
    expect(titles()).toEqual(['Été à Nice', 'Hills 2', 'Hills 10', 'Moth', 'Night Train', 'The Sea', 'Winter']),
  );
});

// UPL-5
test('the storage says what takes most of it, and when the next film may not fit', async () => {
  const { user } = await open(FILMS, 19 * GIGABYTE);
  expect(screen.getByText(/Nearly full/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: '19 GB of 20 GB used' }));
  const largest = await screen.findByRole('dialog', { name: 'What takes most space' });
  const [first] = within(largest).getAllByRole('listitem');
  expect(first).toHaveTextContent('Hills 10');
});

// UPL-5
test('whoever wants to delete a film is told which room has it on', async () => {
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Actions for Winter' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  const room = await screen.findByRole('link', { name: 'Film night' });
  expect(room).toHaveAttribute('href', `/r/${ROOM.code}`);
});

describe('the details of a film', () => {
  async function details(answer: () => Response) {
    mockServer.use(http.get('*/api/v1/videos/:id/details', answer));
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: 'Actions for Winter' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Details' }));
    return screen.findByRole('dialog', { name: 'Winter' });
  }

  // TRN-2, UPL-5
  test('name its streams with their languages, and what was decided and why', async () => {
    const sheet = await details(() => HttpResponse.json(REPORT));
    await within(sheet).findByText('H.265 · 3840×2160 · 23.976 frames per second · HDR10 · 12 Mb/s');
    expect(sheet).toHaveTextContent('Matroska');
    expect(sheet).toHaveTextContent('German · E-AC-3 · 5.1 · 640 kb/s');
    expect(sheet).toHaveTextContent('English (Commentary) · AAC · stereo');
    expect(sheet).toHaveTextContent('German · PGS');
    expect(sheet).toHaveTextContent('encode the picture');
    expect(sheet).toHaveTextContent('H.265 plays in few browsers');
    expect(sheet).not.toHaveTextContent('MJPEG');
  });

  // WEB-7
  test('show what is known where the server tells no more', async () => {
    const sheet = await details(() => problem(404, 'not_found'));
    expect(await within(sheet).findByText('The server tells no more about this film.')).toBeVisible();
    expect(sheet).toHaveTextContent('5 GB');
  });
});

const REPORT = {
  report: {
    container: 'matroska',
    size_bytes: 5,
    video: [
      {
        codec: 'hevc',
        profile: 'Main 10',
        pixel_format: 'yuv420p10le',
        width: 3840,
        height: 2160,
        rotation: 0,
        average_rate: { numerator: 24_000, denominator: 1_001 },
        interlaced: false,
        transfer: 'pq',
        bit_rate: 12_000_000,
        cover: false,
      },
      { codec: 'mjpeg', width: 600, height: 800, cover: true },
    ],
    audio: [
      { codec: 'eac3', channels: 6, sample_rate: 48_000, language: 'ger', bit_rate: 640_000 },
      { codec: 'aac', channels: 2, sample_rate: 48_000, language: 'eng', title: 'Commentary' },
    ],
    subtitles: [{ codec: 'hdmv_pgs_subtitle', language: 'deu' }],
  },
  decisions: [{ choice: 'encode the picture', reason: 'H.265 plays in few browsers' }],
};
