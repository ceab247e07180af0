import { expect, test } from 'vitest';
import german from '@/i18n/de/problems.json';
import english from '@/i18n/en/problems.json';
import contract from './generated/protocol.ts?raw';
import { codeMessage, ProblemError, problemFrom, problemMessage } from './problem';

/** The union as it is generated from the server's list: the same list, whatever language reads it. */
function codesOfTheContract(): string[] {
  const union = /export type Code = ([^;]+);/u.exec(contract)?.[1] ?? '';
  return [...union.matchAll(/"([a-z_]+)"/gu)].map(([, code]) => code ?? '');
}

// WEB-7
test.each([
  ['English', english],
  ['German', german],
])('every code of the contract has words in %s, and no words are left over', (_language, texts) => {
  const codes = codesOfTheContract();
  expect(codes.length).toBeGreaterThan(50);
  expect(Object.keys(texts).sort()).toEqual([...codes, 'network', 'unknown'].sort());
});

// WEB-7
test('a code that this version does not know still gets words', () => {
  expect(codeMessage('invented_tomorrow')).toBe(english.unknown);
});

// WEB-7
test('a part of the page that could not be fetched is told as the network that it is', () => {
  const error = new TypeError('error loading dynamically imported module: https://films.example/assets/de.js');
  expect(problemMessage(error)).toBe(english.network);
  expect(problemMessage(new TypeError('x is not a function'))).toBe(english.unknown);
});

// API-4
test('too many requests say when to try again', async () => {
  const response = new Response(JSON.stringify({ code: 'rate_limited', title: 'slow down', status: 429 }), {
    status: 429,
    headers: { 'Retry-After': '120' },
  });
  expect(problemMessage(await problemFrom(response))).toContain('2 minutes');
});

// WEB-7
test("a proxy's error page becomes a problem as well", async () => {
  const error = await problemFrom(new Response('<html>bad gateway</html>', { status: 502 }));
  expect(error).toMatchObject({ code: 'unavailable', status: 502, isRefusal: false });
});

// WEB-7
test('a refusal is not asked again, a failure of the world is', () => {
  expect(new ProblemError('room_full', 409).isRefusal).toBe(true);
  expect(new ProblemError('rate_limited', 429).isRefusal).toBe(false);
  expect(new ProblemError('network', 0).isRefusal).toBe(false);
});
