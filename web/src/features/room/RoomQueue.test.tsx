import { act, renderHook, screen, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Code, QueueItem, RoomView, VideoView } from '@/api/generated/protocol';
import { dropUpload, useUploads } from '@/features/uploads';
import type * as Players from '@/players';
import { openPlayer } from '@/players';
import { button, enter, say, socket, socketsAreFake } from '@/test/enter-room';
import { mockServer } from '@/test/mock-server';
import { roomView, SETTINGS, video } from '@/test/room-fixtures';

// A film itself is tried in real browsers.
vi.mock('@/players', async (original) => ({ ...(await original<typeof Players>()), openPlayer: vi.fn() }));

/** Stands in for what sends the bytes: the server takes each upload at once, under the next id. */
const tus = vi.hoisted(() => ({ next: 'v9', arrived: () => {} }));
vi.mock('tus-js-client', () => ({
  Upload: class {
    url: string | null = null;
    constructor(
      readonly file: File,
      readonly options: { onUploadUrlAvailable: () => void; onSuccess: () => void },
    ) {}
    start() {
      this.url = `/api/v1/videos/upload/${tus.next}`;
      tus.arrived = this.options.onSuccess;
      this.options.onUploadUrlAvailable();
    }
    async abort() {}
  },
}));

socketsAreFake();
beforeEach(() => {
  vi.mocked(openPlayer).mockReturnValue(new Promise(() => {}));
  tus.next = 'v9';
});
afterEach(() => {
  const { result } = renderHook(useUploads);
  act(() => {
    for (const { id } of result.current) dropUpload(id);
  });
  localStorage.clear();
});

const READY: QueueItem = {
  videoId: 'v2',
  title: 'Second',
  status: 'ready',
  playable: true,
  addedBy: 'ada',
  addedByName: 'Ada',
};
const FAILED: QueueItem = { ...READY, videoId: 'v3', title: 'Broken', status: 'failed', playable: false };

/** Enters a room that watches a film; of those that wait, `own` are hers. */
async function enterWith(queue: QueueItem[], own: VideoView[] = [], room: Partial<RoomView> = {}) {
  const storage = { usedBytes: 0, quotaBytes: 1 };
  mockServer.use(http.get('*/api/v1/videos', () => HttpResponse.json({ items: own, storage })));
  return enter({ room: roomView({ queue, ...room }) });
}
/** The room tells of another queue. */
const queueIs = (queue: QueueItem[]) =>
  say({
    type: 'room:state',
    status: 'playing',
    ownerId: 'ada',
    settings: SETTINGS,
    queue,
    banned: [],
    delegateId: null,
  });
const upNext = () => screen.getByRole('region', { name: 'Up next' });
const broken = (failure: Code) => video({ id: 'v3', status: 'failed', playable: false, failure });

describe('the queue', () => {
  // ROOM-7
  it('puts a film on that can be watched', async () => {
    const { user } = await enterWith([READY]);
    await user.click(button('Watch Second now'));
    expect(socket().all('sync:source')[0]).toMatchObject({ source: { kind: 'video', videoId: 'v2' } });
  });

  // ROOM-7, TRN-6
  it('does not offer to put on a film that failed, says why, and lets it be removed', async () => {
    const { user } = await enterWith([READY, FAILED], [broken('format_error')]);
    expect(await within(upNext()).findByText(/could not be decoded/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Watch Broken now' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Try “Broken” again' })).toBeNull();
    await user.click(button('Remove Broken'));
    expect(socket().all('queue:remove')).toMatchObject([{ videoId: 'v3' }]);
    expect(socket().all('sync:source')).toHaveLength(0);
  });

  // ROOM-7, TRN-3
  it('puts a film on that can be watched although it was not made to its end', async () => {
    const { user } = await enterWith([{ ...FAILED, playable: true }]);
    expect(within(upNext()).queryByText('This film did not work')).toBeNull();
    await user.click(button('Watch Broken now'));
    expect(socket().all('sync:source')[0]).toMatchObject({ source: { kind: 'video', videoId: 'v3' } });
  });

  // ROOM-7, TRN-3
  it('takes the next film while one is on that was not made to its end', async () => {
    const { user } = await enterWith([], [], { video: video({ status: 'failed', playable: true }) });
    await user.upload(screen.getByLabelText('Film file'), new File(['film'], 'Next.mp4', { type: 'video/mp4' }));
    await vi.waitFor(() => expect(socket().all('queue:add')).toMatchObject([{ videoId: 'v9' }]));
    expect(socket().all('sync:source')).toHaveLength(0);
  });

  // ROOM-7, TRN-6
  it('lets whoever brought a film have it tried again where that can help', async () => {
    const retried = vi.fn(() => HttpResponse.json(broken('timeout'), { status: 202 }));
    mockServer.use(http.post('*/api/v1/videos/v3/retry', retried));
    const { user } = await enterWith([FAILED], [broken('timeout')]);
    await user.click(await screen.findByRole('button', { name: 'Try “Broken” again' }));
    await vi.waitFor(() => expect(retried).toHaveBeenCalledOnce());
    expect(socket().all('queue:add')).toHaveLength(0);
  });

  // ROOM-7
  it('tells the others that a film failed, without anything that they could not do', async () => {
    await enterWith([FAILED], []);
    expect(within(upNext()).getByText('This film did not work')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Try “Broken” again' })).toBeNull();
  });

  // ROOM-7
  it('keeps a film back that is not ready while another can be seen, and says how it stands', async () => {
    await enterWith([{ ...READY, status: 'processing', playable: false }]);
    expect(button('Watch Second now')).toBeDisabled();
    expect(within(upNext()).getByText('from Ada · Being prepared')).toBeVisible();
  });

  // ROOM-7
  it('is there also when the film on the stage did not work', async () => {
    const { user } = await enterWith([READY], [], { video: video({ status: 'failed', playable: false }) });
    await user.click(button('Watch Second now'));
    expect(socket().all('sync:source')).toHaveLength(1);
    // One place takes films, so that one that is dropped does not arrive twice.
    expect(screen.getAllByLabelText('Film file')).toHaveLength(1);
  });
});

describe('uploads in the room', () => {
  const picked = (name: string, size = 100) => new File([new Uint8Array(size)], name, { type: 'video/mp4' });
  /** Refused before a byte is sent. */
  const empty = (name: string) => picked(name, 0);
  const input = () => screen.getByLabelText('Film file');

  // UPL-2, WEB-7
  it('that failed can be dismissed one by one, or all at once', async () => {
    const { user } = await enterWith([]);
    await user.upload(input(), empty('a.mp4'));
    await user.upload(input(), empty('b.mp4'));
    await user.upload(input(), empty('c.mp4'));
    expect(within(upNext()).getAllByRole('alert')).toHaveLength(3);
    await user.click(within(upNext()).getAllByRole('button', { name: 'Dismiss' })[0] as HTMLElement);
    expect(screen.queryByText('a.mp4')).toBeNull();
    await user.click(button('Dismiss failed ones'));
    expect(within(upNext()).queryByRole('alert')).toBeNull();
  });

  // UPL-2, WEB-7
  it('that failed before there was a film are told on the stage', async () => {
    const { user } = await enterWith([], [], { video: null });
    await user.upload(input(), empty('a.mp4'));
    expect(screen.getByRole('alert')).toHaveTextContent('This file is damaged or empty');
  });

  // UPL-1, ROOM-7
  it('stand once, where the film has its place in the queue', async () => {
    const { user } = await enterWith([]);
    await user.upload(input(), picked('Second.mp4'));
    await vi.waitFor(() => expect(socket().all('queue:add')).toMatchObject([{ videoId: 'v9' }]));
    await queueIs([{ ...READY, videoId: 'v9', status: 'uploading', playable: false }]);
    expect(within(upNext()).getAllByText(/^Second/)).toHaveLength(1);
    expect(button('Cancel upload')).toBeVisible();
  });

  // ROOM-7, TRN-6
  it('of a file that failed before take its place in the queue', async () => {
    const { user } = await enterWith([], [broken('format_error')]);
    await user.upload(input(), picked('Broken.mp4'));
    await vi.waitFor(() => expect(socket().all('queue:add')).toHaveLength(1));
    await act(async () => tus.arrived());
    await queueIs([{ ...FAILED, videoId: 'v9' }]);
    tus.next = 'v10';
    await user.upload(input(), picked('Broken.mp4'));
    await vi.waitFor(() => expect(socket().all('queue:add').at(-1)).toMatchObject({ videoId: 'v10' }));
    expect(socket().all('queue:remove')).toMatchObject([{ videoId: 'v9' }]);
  });
});
