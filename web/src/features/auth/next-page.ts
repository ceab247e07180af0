import type { RoomCode } from '@/api/generated/protocol';
import { parseInvite } from '@/lib/invite';

/** Where to go after logging in: a place of this site, or the home page. Never elsewhere, whatever the link says. */
export function nextPage(search: URLSearchParams): string {
  const next = search.get('next') ?? '/';
  // `//host` and `/\host` are addresses of other sites to a browser.
  return /^\/(?![/\\])/u.test(next) ? next : '/';
}

/** The room that a page of this site is, if it is one. */
export function roomOf(page: string): RoomCode | undefined {
  return page.startsWith('/r/') ? parseInvite(page) : undefined;
}
