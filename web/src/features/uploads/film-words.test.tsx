import { screen } from '@testing-library/react';
import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import type { VideoParts } from '@/api/video-parts';
import { video } from '@/test/room-fixtures';
import { showPage } from '@/test/show-page';
import { FilmStateLine } from './FilmStateLine';
import { FILM_FAILURES, failureWords } from './failure-words';
import { expiryWords } from './film-expiry';
import { paceOf, readPace } from './film-pace';

const MEGABYTE = 1024 ** 2;
const DAY_MS = 86_400_000;

function show(changes: Parameters<typeof video>[0] & Partial<VideoParts>) {
  showPage(<FilmStateLine film={video(changes)} />);
}

// TRN-6, UPL-2, UPL-4
test.each(FILM_FAILURES)('a film that failed by %s says why, and what helps', (code) => {
  const { reason, advice } = failureWords(code, i18next.t);
  expect(i18next.exists(`uploads.failure.${code}.reason`)).toBe(true);
  expect(i18next.exists(`uploads.failure.${code}.advice`)).toBe(true);
  expect(advice).not.toBe(reason);
});

// WEB-7
test('a reason that this page does not know yet is told in general words', () => {
  expect(failureWords('eaten_by_dog', i18next.t)).toEqual({
    reason: 'Something went wrong. Try again, and if it stays, tell whoever runs this server.',
    advice: null,
  });
});

// TRN-12
test('a film that waits tells its place in the line', () => {
  show({ status: 'pending', playable: false, queuePlace: 3 });
  expect(screen.getByText('Waiting, number 3 in line')).toBeVisible();
});

// TRN-4
test('a film that is made tells how far it is and how long it takes', () => {
  show({ status: 'processing', progress: 0.42, etaSeconds: 170 });
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '42');
  expect(screen.getByText('Being prepared, about 3 minutes left')).toBeVisible();
  expect(screen.getByText('You can watch it already')).toBeVisible();
});

// TRN-5
test('a film that does not move says what will become of it', () => {
  show({ status: 'processing', progress: 0.42, stalled: true });
  expect(screen.getByText(/Nothing has moved for a while/)).toBeVisible();
});

describe('a film that expires', () => {
  // UPL-6
  test('says so in its last week, and not before', () => {
    show({ expiresAtMs: Date.now() + 30 * DAY_MS });
    expect(screen.queryByText(/Is deleted/)).toBeNull();
    show({ expiresAtMs: Date.now() + 3.5 * DAY_MS });
    expect(screen.getByText('Is deleted in 3 days')).toBeVisible();
  });

  // UPL-6
  test('counts in hours on its last day', () => {
    expect(expiryWords(DAY_MS + 1, 0, 'en')).toBe('tomorrow');
    expect(expiryWords(5 * 3_600_000, 0, 'en')).toBe('in 5 hours');
    expect(expiryWords(-5, 0, 'de')).toBe('in 1 Stunde');
  });
});

describe('how fast a film gets on', () => {
  const film = { sizeBytes: 100 * MEGABYTE, durationMs: 3_600_000 };

  // TRN-4
  test('is counted in playing speed while it is made', () => {
    const making = (progress: number) => ({ ...film, status: 'processing' as const, progress });
    const pace = readPace(readPace(null, making(0.1), 0), making(0.2), 60_000);
    expect(paceOf(pace, making(0.2))).toEqual({ kind: 'made', times: 6 });
  });

  // UPL-5
  test('is counted in bytes while it arrives, and anew in each phase', () => {
    const arriving = (progress: number) => ({ ...film, status: 'uploading' as const, progress });
    const pace = readPace(readPace(null, arriving(0.1), 0), arriving(0.2), 10_000);
    expect(paceOf(pace, arriving(0.2))).toEqual({ kind: 'arriving', bytesPerSecond: MEGABYTE });
    const next = { ...film, status: 'processing' as const, progress: 0 };
    expect(paceOf(pace, next)).toBeNull();
    expect(paceOf(readPace(pace, next, 12_000), next)).toBeNull();
  });
});
