import { fireEvent, screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test, vi } from 'vitest';
import type { VideoParts } from '@/api/video-parts';
import { showInRoom } from '@/test/in-room';
import { mockServer, problem } from '@/test/mock-server';
import { roomView, video } from '@/test/room-fixtures';
import { SeekPreview } from './SeekPreview';

const TILES =
  'WEBVTT\n\n00:00.000 --> 00:10.000\na.jpg#xywh=0,0,160,90\n\n00:10.000 --> 00:20.000\na.jpg#xywh=160,90,160,90';

function show(thumbnailsUrl: string | null) {
  const film: ReturnType<typeof video> & Partial<VideoParts> = { ...video(), thumbnailsUrl };
  showInRoom(<SeekPreview positionMs={12_000} lengthMs={60_000} />, roomView({ video: film }));
}
const image = () => document.querySelector('img');

// TRN-8, WEB-2
test('shows the picture of its moment with the time', async () => {
  mockServer.use(http.get('*/media/v/sig/sprites/index.vtt', () => HttpResponse.text(TILES)));
  show('/media/v/sig/sprites/index.vtt');
  expect(screen.getByText('0:12')).toBeVisible();
  await waitFor(() => expect(image()?.src).toMatch(/\/media\/v\/sig\/sprites\/a\.jpg$/));
  expect(image()?.style.translate).toBe('-160px -90px');
});

// TRN-8
test('shows the time alone while there are no pictures, and asks for none', () => {
  const asked = vi.fn();
  mockServer.events.on('request:start', asked);
  show(null);
  expect(screen.getByText('0:12')).toBeVisible();
  expect(image()).toBeNull();
  expect(asked).not.toHaveBeenCalled();
});

// TRN-8, HLS-3
test('asks for another address when the image is refused', async () => {
  mockServer.use(
    http.get('*/media/v/sig/sprites/index.vtt', () => HttpResponse.text(TILES), { once: true }),
    http.get('*/media/v/sig/sprites/index.vtt', () => problem(403, 'link_expired')),
    http.get('*/media/v/new/sprites/index.vtt', () => HttpResponse.text(TILES)),
    http.get('*/api/v1/videos/:id/status', () =>
      HttpResponse.json({ ...video(), thumbnailsUrl: '/media/v/new/sprites/index.vtt' }),
    ),
  );
  show('/media/v/sig/sprites/index.vtt');
  await waitFor(() => expect(image()).not.toBeNull());
  fireEvent.error(image() as HTMLImageElement); // it is there, see above
  await waitFor(() => expect(image()?.src).toMatch(/\/media\/v\/new\//));
});
