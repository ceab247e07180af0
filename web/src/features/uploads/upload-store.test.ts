import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { mockServer } from '@/test/mock-server';
import { rememberedUploads } from './upload-memory';
import type { RunnerEvents } from './upload-runner';
import { dropUpload, uploadFile, useUploadStore } from './upload-store';

/** Stand in for what sends the bytes: a test says what became of them. */
const runners = vi.hoisted(() => [] as { events: RunnerEvents; target: { uploadUrl?: string }; cancelled: boolean }[]);

vi.mock('./upload-runner', () => ({
  UploadRunner: class {
    cancelled = false;
    constructor(
      readonly file: File,
      readonly target: { uploadUrl?: string },
      readonly events: RunnerEvents,
    ) {
      runners.push(this);
    }
    start() {}
    pause() {}
    async cancel() {
      this.cancelled = true;
    }
  },
}));

const brought = vi.fn();
const uploads = () => useUploadStore.getState().uploads;
const film = (name = 'film.mp4') => new File([new Uint8Array(100)], name, { type: 'video/mp4' });
const bring = (file = film()) => uploadFile(file, { room: 'K7MQ4XWP', onCreated: brought });

function latest() {
  const runner = runners.at(-1);
  if (!runner) throw new Error('nothing is being sent');
  return runner.events;
}

beforeEach(() => {
  runners.length = 0;
  brought.mockReset();
  localStorage.clear();
  useUploadStore.setState({ uploads: [] });
});

// UPL-2, ROOM-7
test('a refused file that is brought again is tried anew, in the place of the first', () => {
  bring();
  latest().created('v1', '/api/v1/videos/upload/v1');
  latest().failed('mime_mismatch');
  bring();
  expect(runners.at(-1)?.target).not.toHaveProperty('uploadUrl');
  latest().created('v2', '/api/v1/videos/upload/v2');
  expect(brought.mock.calls).toEqual([
    ['v1', undefined],
    ['v2', 'v1'],
  ]);
  expect(uploads()).toMatchObject([{ videoId: 'v2' }]);
});

// UPL-2
test('a file that is refused before a byte is sent stands in the list once, however often it is tried', () => {
  for (let i = 0; i < 3; i += 1) bring(new File(['words'], 'notes.txt', { type: 'text/plain' }));
  expect(uploads()).toMatchObject([{ fileName: 'notes.txt', state: { kind: 'failed' } }]);
  expect(runners).toHaveLength(0);
});

// UPL-1
test('a file whose upload stopped half-way goes on where it was when it is brought again', () => {
  bring();
  latest().created('v1', '/api/v1/videos/upload/v1');
  latest().failed('storage_full');
  bring();
  expect(runners.at(-1)?.target).toMatchObject({ uploadUrl: '/api/v1/videos/upload/v1' });
  expect(brought).toHaveBeenLastCalledWith('v1', 'v1');
  expect(uploads()).toHaveLength(1);
});

// TRN-6, ROOM-7
test('a film that arrived and is brought once more says which one it was before', () => {
  bring();
  latest().created('v1', '/api/v1/videos/upload/v1');
  latest().done();
  bring();
  latest().created('v2', '/api/v1/videos/upload/v2');
  expect(brought).toHaveBeenLastCalledWith('v2', 'v1');
});

// UPL-1
test('an upload that the server lost and that began anew takes its own place', () => {
  bring();
  latest().created('v1', '/api/v1/videos/upload/v1');
  latest().failed('upload_not_found');
  latest().created('v2', '/api/v1/videos/upload/v2');
  expect(brought).toHaveBeenLastCalledWith('v2', 'v1');
});

// UPL-2, WEB-7
test('a failed upload that is dismissed is gone for good, also what the server has of it', async () => {
  const deleted = vi.fn(() => new HttpResponse(null, { status: 204 }));
  mockServer.use(http.delete('*/api/v1/videos/v1', deleted));
  bring();
  latest().created('v1', '/api/v1/videos/upload/v1');
  latest().failed('storage_full');
  dropUpload(uploads()[0]?.id ?? '');
  expect(uploads()).toEqual([]);
  expect(rememberedUploads()).toEqual([]);
  await vi.waitFor(() => expect(deleted).toHaveBeenCalledOnce());
});
