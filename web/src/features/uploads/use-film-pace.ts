import { useEffect, useState } from 'react';
import type { VideoView } from '@/api/generated/protocol';
import { type FilmPace, type Pace, paceOf, readPace } from './film-pace';

/** How fast the film gets on. Each word of the server is read once, at the moment it came. */
export function useFilmPace(film: VideoView): FilmPace | null {
  const [pace, setPace] = useState<Pace | null>(null);
  useEffect(() => setPace((before) => readPace(before, film, performance.now())), [film]);
  return paceOf(pace, film);
}
