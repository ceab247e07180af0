import { expect, test } from 'vitest';
import { declaredType, refusalOf } from './accepts';
import { classifyFailure } from './tus-failure';
import { findRemembered, forgetUpload, rememberUpload } from './upload-memory';

const GIGABYTE = 1024 ** 3;

// UPL-1, UPL-2
test.each([
  [{ name: 'film.mp4', type: 'video/mp4', size: 5 }, undefined],
  [{ name: 'film.MKV', type: '', size: 5 }, undefined],
  [{ name: 'film.mp4', type: 'video/mp4', size: 8 * GIGABYTE }, undefined],
  [{ name: 'film.mp4', type: 'video/mp4', size: 9 * GIGABYTE }, 'too_large'],
  [{ name: 'film.mp4', type: 'video/mp4', size: 0 }, 'unreadable'],
  [{ name: 'notes.txt', type: 'text/plain', size: 5 }, 'unsupported_format'],
])('before a byte is sent, %o is judged %s', (file, code) => {
  expect(refusalOf(file)).toBe(code);
});

// UPL-1
test('a type that the system does not know is taken from the name', () => {
  expect(declaredType({ name: 'film.mkv', type: '' })).toBe('video/x-matroska');
  expect(declaredType({ name: 'film.mov', type: 'video/quicktime' })).toBe('video/quicktime');
});

function answered(status: number, code?: string): Error {
  const body = code ? JSON.stringify({ code }) : '';
  return Object.assign(new Error('tus'), {
    originalResponse: { getStatus: () => status, getBody: () => body, getHeader: () => undefined },
  });
}

// UPL-1
test.each([
  [new Error('no answer'), { kind: 'wait' }],
  [answered(503), { kind: 'wait' }],
  [answered(502), { kind: 'wait' }],
  [answered(423, 'upload_locked'), { kind: 'wait' }],
  [answered(409, 'upload_offset_mismatch'), { kind: 'wait' }],
  [answered(401), { kind: 'lapsed' }],
  [answered(401, 'session_expired'), { kind: 'lapsed' }],
])('what passes by itself is waited for: %s', (error, failure) => {
  expect(classifyFailure(error)).toEqual(failure);
});

// UPL-2
test.each([
  [413, 'too_large'],
  [415, 'unsupported_format'],
  [422, 'mime_mismatch'],
  [403, 'quota_exceeded'],
  [429, 'rate_limited'],
  [507, 'storage_full'],
])('%i %s is told to the person', (status, code) => {
  expect(classifyFailure(answered(status, code))).toEqual({ kind: 'failed', code });
});

const REMEMBERED = {
  videoId: 'v1',
  uploadUrl: '/api/v1/videos/upload/v1',
  fileName: 'film.mp4',
  sizeBytes: 1000,
  lastModifiedMs: 42,
  room: 'K7MQ4XWP',
  startedAtMs: Date.now(),
};

// UPL-1
test('after a reload the same file is recognised, also when a phone has renamed it', () => {
  rememberUpload(REMEMBERED);
  expect(findRemembered({ name: 'film.mp4', size: 1000, lastModified: 42 })?.videoId).toBe('v1');
  expect(findRemembered({ name: 'film-1.mp4', size: 1000, lastModified: 42 })?.videoId).toBe('v1');
  expect(findRemembered({ name: 'film.mp4', size: 1000, lastModified: 99 })?.videoId).toBe('v1');
  expect(findRemembered({ name: 'film.mp4', size: 1001, lastModified: 42 })).toBeUndefined();
  forgetUpload('v1');
  expect(findRemembered({ name: 'film.mp4', size: 1000, lastModified: 42 })).toBeUndefined();
});

// UPL-1
test('what the server has thrown away by now is not offered', () => {
  rememberUpload({ ...REMEMBERED, startedAtMs: Date.now() - 8 * 24 * 3600 * 1000 });
  expect(findRemembered({ name: 'film.mp4', size: 1000, lastModified: 42 })).toBeUndefined();
});
