/** Which of many films are shown, and in which order. */

import type { VideoView } from '@/api/generated/protocol';

export const FILM_ORDERS = ['newest', 'oldest', 'title', 'largest', 'longest'] as const;
export type FilmOrder = (typeof FILM_ORDERS)[number];

export function isFilmOrder(value: string | null): value is FilmOrder {
  return FILM_ORDERS.some((order) => order === value);
}

type Sortable = Pick<VideoView, 'title' | 'createdAtMs' | 'sizeBytes' | 'durationMs'>;

/** Films whose titles hold every word of the query, whatever its case and accents. */
export function arranged<Film extends Sortable>(
  films: readonly Film[],
  { order, query }: { order: FilmOrder; query: string },
  locale: string,
): Film[] {
  const words = plain(query).split(/\s+/u).filter(Boolean);
  const found = films.filter(({ title }) => words.every((word) => plain(title).includes(word)));
  return found.sort(comparison(order, locale));
}

function comparison(order: FilmOrder, locale: string): (a: Sortable, b: Sortable) => number {
  switch (order) {
    case 'newest':
      return (a, b) => b.createdAtMs - a.createdAtMs;
    case 'oldest':
      return (a, b) => a.createdAtMs - b.createdAtMs;
    case 'title': {
      // "Part 2" before "Part 10".
      const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
      return (a, b) => compare(a.title, b.title);
    }
    case 'largest':
      return (a, b) => b.sizeBytes - a.sizeBytes;
    case 'longest':
      return (a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0);
  }
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
