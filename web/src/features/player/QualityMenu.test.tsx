import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { VideoView } from '@/api/generated/protocol';
import type { Player } from '@/players';
import { showInRoom } from '@/test/in-room';
import { roomView, video } from '@/test/room-fixtures';
import { createPlayerStore } from './player-store';
import { QualityMenu } from './QualityMenu';

const rendition = (height: number) => ({ name: `${height}p`, width: (height * 16) / 9, height });

function show(changes: Partial<VideoView>) {
  const status = createPlayerStore();
  const available = [360, 480, 720].map((height, id) => ({ id, height, bitrate: height * 2_000 }));
  status.setState({ qualities: { available, choice: { kind: 'auto' }, playing: 0 } });
  const player = { chooseQuality: vi.fn() } as unknown as Player; // the rest of a player moves it
  return showInRoom(<QualityMenu player={player} status={status} />, roomView({ video: video(changes) }));
}

async function offered(changes: Partial<VideoView>) {
  const { user } = show(changes);
  await user.click(screen.getByRole('button', { name: 'Quality' }));
  return screen.getAllByRole('menuitemradio').map(({ textContent }) => textContent);
}

// WEB-2
test('every quality of a finished film can be chosen', async () => {
  expect(await offered({ status: 'ready' })).toEqual(['Automatic, now 360p', '720p', '480p', '360p']);
});

// TRN-3
test('of a film in the making only what is there can be chosen', async () => {
  const renditions = [rendition(720), rendition(360)];
  expect(await offered({ status: 'processing', renditions })).toEqual(['Automatic, now 360p', '720p', '360p']);
});

// TRN-3
test('one quality is no choice', () => {
  show({ status: 'processing', renditions: [rendition(720)] });
  expect(screen.queryByRole('button')).toBeNull();
});
