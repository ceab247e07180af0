import { HttpResponse, http } from 'msw';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mockServer } from '@/test/mock-server';
import { type RunnerEvents, UploadRunner } from './upload-runner';

/** Stands in for the library: it starts, and the test says what the network did. */
interface FakeUpload {
  url: string | null;
  options: {
    endpoint: string | null;
    uploadUrl: string | null;
    metadata: Record<string, string>;
    onProgress: (sent: number) => void;
    onError: (error: Error) => void;
    onSuccess: () => void;
    onUploadUrlAvailable: () => void;
  };
  starts: number;
  aborted: (boolean | undefined)[];
}

const uploads = vi.hoisted(() => [] as FakeUpload[]);
/** Whether the library's file can be fetched; without it nothing of it can be used. */
const library = vi.hoisted(() => ({ missing: false }));

vi.mock('tus-js-client', () => ({
  Upload: class implements FakeUpload {
    url: string | null;
    starts = 0;
    aborted: (boolean | undefined)[] = [];
    constructor(
      readonly file: File,
      readonly options: FakeUpload['options'],
    ) {
      if (library.missing) throw new TypeError('Failed to fetch dynamically imported module');
      this.url = options.uploadUrl;
      uploads.push(this);
    }
    start() {
      this.starts += 1;
    }
    async abort(terminate?: boolean) {
      this.aborted.push(terminate);
    }
  },
}));

const seen: string[] = [];
const events: RunnerEvents = {
  created: (videoId) => seen.push(`created ${videoId}`),
  progress: (sent) => seen.push(`sent ${sent}`),
  waiting: () => seen.push('waiting'),
  failed: (code) => seen.push(`failed ${code}`),
  done: () => seen.push('done'),
};

function film(): File {
  return new File([new Uint8Array(100)], 'film.mkv');
}

function answered(status: number, code: string): Error {
  const originalResponse = { getStatus: () => status, getBody: () => JSON.stringify({ code }) };
  return Object.assign(new Error('tus'), { originalResponse });
}

async function started(runner: UploadRunner): Promise<FakeUpload> {
  runner.start();
  await vi.waitFor(() => expect(uploads.at(-1)?.starts).toBe(1));
  const upload = uploads.at(-1);
  if (!upload) throw new Error('the runner made an upload');
  return upload;
}

function given(upload: FakeUpload, url: string): void {
  upload.url = url;
  upload.options.onUploadUrlAvailable();
}

beforeEach(() => {
  uploads.length = 0;
  seen.length = 0;
  library.missing = false;
});

afterEach(() => {
  vi.useRealTimers();
});

// UPL-1
test('an upload tells its id, its progress and its end', async () => {
  const upload = await started(new UploadRunner(film(), { room: 'K7MQ4XWP' }, events));
  expect(upload.options.metadata).toEqual({ filename: 'film.mkv', filetype: 'video/x-matroska', room: 'K7MQ4XWP' });
  given(upload, '/api/v1/videos/upload/v1');
  upload.options.onProgress(50);
  upload.options.onSuccess();
  expect(seen).toEqual(['created v1', 'sent 50', 'done']);
});

// UPL-1
test('a lost network is waited for, and the same upload goes on', async () => {
  const upload = await started(new UploadRunner(film(), { room: undefined }, events));
  given(upload, '/api/v1/videos/upload/v1');
  upload.options.onError(new Error('no answer'));
  await vi.waitFor(() => expect(seen).toContain('waiting'));
  window.dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(upload.starts).toBe(2));
  expect(uploads).toHaveLength(1);
  // Without an endpoint the library can only go on; it cannot begin a second upload.
  expect(upload.options.endpoint).toBeNull();
});

// UPL-1
test('an upload from an earlier visit goes on at its address', async () => {
  const target = { room: undefined, uploadUrl: '/api/v1/videos/upload/v1' };
  const upload = await started(new UploadRunner(film(), target, events));
  expect(upload.options).toMatchObject({ endpoint: null, uploadUrl: '/api/v1/videos/upload/v1' });
});

// UPL-2
test('a refusal stops it and says why', async () => {
  const upload = await started(new UploadRunner(film(), { room: undefined }, events));
  upload.options.onError(answered(403, 'quota_exceeded'));
  await vi.waitFor(() => expect(seen).toEqual(['failed quota_exceeded']));
  window.dispatchEvent(new Event('online'));
  expect(upload.starts).toBe(1);
});

// UPL-1
test('when the server has lost it, another try begins from the start', async () => {
  const target = { room: undefined, uploadUrl: '/api/v1/videos/upload/v1' };
  const runner = new UploadRunner(film(), target, events);
  const upload = await started(runner);
  upload.options.onError(answered(404, 'upload_not_found'));
  await vi.waitFor(() => expect(seen).toEqual(['failed upload_not_found']));
  runner.start();
  await vi.waitFor(() => expect(uploads).toHaveLength(2));
  expect(uploads[1]?.options).toMatchObject({ endpoint: '/api/v1/videos/upload', uploadUrl: null });
});

// UPL-1
test('a file that vanished is not mistaken for a lost network', async () => {
  const file = film();
  vi.spyOn(file, 'slice').mockReturnValue({
    arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')),
  } as unknown as Blob);
  const upload = await started(new UploadRunner(file, { room: undefined }, events));
  upload.options.onError(new Error('no answer'));
  await vi.waitFor(() => expect(seen).toEqual(['failed file_gone']));
});

// UPL-1
test('a pause keeps what the server has, and cancelling throws it away', async () => {
  const runner = new UploadRunner(film(), { room: undefined }, events);
  const upload = await started(runner);
  given(upload, '/api/v1/videos/upload/v1');
  runner.pause();
  expect(upload.aborted).toEqual([undefined]);
  runner.start();
  await vi.waitFor(() => expect(upload.starts).toBe(2));
  await runner.cancel();
  expect(upload.aborted).toEqual([undefined, true]);
});

// UPL-1
test('a connection that died without a word is given up and taken up again', async () => {
  const upload = await started(new UploadRunner(film(), { room: undefined }, events));
  given(upload, '/api/v1/videos/upload/v1');
  vi.useFakeTimers();
  upload.options.onProgress(50);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(upload.aborted).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(upload.aborted).toEqual([undefined]);
  expect(upload.starts).toBe(2);
});

// UPL-1, WEB-7
test('a library that cannot be fetched is waited for while nobody answers', async () => {
  library.missing = true;
  mockServer.use(http.get('*/api/v1/nickname', () => HttpResponse.error()));
  new UploadRunner(film(), { room: undefined }, events).start();
  for (const waits of [1, 2, 3]) {
    await vi.waitFor(() => expect(seen).toEqual(Array(waits).fill('waiting')));
    window.dispatchEvent(new Event('online'));
  }
  library.missing = false;
  await vi.waitFor(() => {
    window.dispatchEvent(new Event('online'));
    expect(uploads[0]?.starts).toBe(1);
  });
});

// UPL-1, WEB-7
test('a library that is gone while the server answers asks for a new page', async () => {
  library.missing = true;
  new UploadRunner(film(), { room: undefined }, events).start();
  await vi.waitFor(() => expect(seen).toEqual(['waiting']));
  window.dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(seen).toEqual(['waiting', 'failed upgrade_required']));
});
