import { describe, expect, it } from 'vitest';
import { linkedText } from './linked-text';

const links = (text: string): string[] => linkedText(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []));
const whole = (text: string): string =>
  linkedText(text)
    .map((part) => part.text)
    .join('');

describe('links in chat', () => {
  // CHAT-2
  it.each([
    ['see https://example.org/a?b=c#d now', 'https://example.org/a?b=c#d'],
    ['(https://example.org/wiki/Film_(1981)).', 'https://example.org/wiki/Film_(1981)'],
    ['HTTP://EXAMPLE.ORG!', 'http://example.org/'],
  ])('are found in %j', (text, href) => {
    expect(links(text)).toEqual([href]);
  });

  // CHAT-2
  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://example.org',
    'https://',
    '//example.org',
  ])('are not made of %j', (text) => {
    expect(links(text)).toEqual([]);
  });

  // CHAT-2
  it.each(['<img src=x onerror=alert(1)>', 'a https://x.org/<b>bold</b> b', 'plain', ''])(
    'never change a character of %j',
    (text) => {
      expect(whole(text)).toBe(text);
    },
  );
});
