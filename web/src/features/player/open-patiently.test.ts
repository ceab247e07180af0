import { HttpResponse, http } from 'msw';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OpenedPlayer } from '@/players';
import { mockServer } from '@/test/mock-server';
import { openPatiently } from './open-patiently';

const OPENED: OpenedPlayer = { kind: 'unsupported' };
const open = vi.fn<() => Promise<OpenedPlayer | null>>();
const reload = vi.fn();
let failures = 0;
let asked: EventTarget;
let closing: AbortController;

beforeEach(() => {
  failures = 0;
  asked = new EventTarget();
  closing = new AbortController();
  open.mockReset().mockRejectedValue(new TypeError('Failed to fetch dynamically imported module'));
  reload.mockReset();
  vi.spyOn(location, 'reload').mockImplementation(reload);
});
afterEach(() => closing.abort());

function opening(): Promise<OpenedPlayer | null> {
  return openPatiently(open, { onFailure: () => (failures += 1), asked, signal: closing.signal });
}

const failed = (times: number) => vi.waitFor(() => expect(failures).toBe(times));

// WEB-7
test('a player whose files did not come is opened when the network is back', async () => {
  const opened = opening();
  await failed(1);
  open.mockResolvedValue(OPENED);
  dispatchEvent(new Event('online'));
  expect(await opened).toBe(OPENED);
  expect(open).toHaveBeenCalledTimes(2);
});

// WEB-7
test('and when somebody asks for it', async () => {
  const opened = opening();
  await failed(1);
  open.mockResolvedValue(OPENED);
  asked.dispatchEvent(new Event('retry'));
  expect(await opened).toBe(OPENED);
});

// WEB-7
test('and after a while without either', async () => {
  vi.useFakeTimers();
  try {
    const opened = opening();
    await vi.advanceTimersByTimeAsync(0);
    open.mockResolvedValue(OPENED);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await opened).toBe(OPENED);
  } finally {
    vi.useRealTimers();
  }
});

// WEB-7
test('files that are gone while the server answers are fetched by a new page, once', async () => {
  opening();
  for (const times of [1, 2, 3]) {
    await failed(times);
    asked.dispatchEvent(new Event('retry'));
    // The question whether the server answers takes its time; until then nobody listens for the next wish.
    await vi.waitFor(() => {
      asked.dispatchEvent(new Event('retry'));
      expect(failures).toBeGreaterThan(times);
    });
  }
  expect(reload).toHaveBeenCalledTimes(1);
});

// WEB-7
test('a page that nobody would answer is not loaded anew', async () => {
  let questions = 0;
  mockServer.use(
    http.get('*/api/v1/nickname', () => {
      questions += 1;
      return HttpResponse.error();
    }),
  );
  opening();
  await failed(1);
  await vi.waitFor(() => {
    asked.dispatchEvent(new Event('retry'));
    expect(questions).toBeGreaterThan(1);
  });
  expect(reload).not.toHaveBeenCalled();
});

// WEB-7
test('a film that is closed meanwhile is not opened any more', async () => {
  const opened = opening();
  await failed(1);
  closing.abort();
  expect(await opened).toBeNull();
  expect(open).toHaveBeenCalledTimes(1);
});
