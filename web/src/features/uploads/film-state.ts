import type { VideoView } from '@/api/generated/protocol';
import { partsOf } from '@/api/video-parts';
import { isWrongFile } from './wrong-file';

/** What the page says about a film, and how far the present phase is. */
export type FilmState =
  | { kind: 'ready' }
  /** Behind others; nobody knows how long (TRN-12). */
  | { kind: 'queued'; place: number | null }
  /** Looked through for malware, which tells no progress (UPL-4). */
  | { kind: 'scanning' }
  | { kind: 'working'; text: 'uploading' | 'processing'; share: number; playable: boolean }
  | { kind: 'stalled'; share: number }
  | { kind: 'failed'; code: string; retriable: boolean };

export function filmState(film: VideoView): FilmState {
  switch (film.status) {
    case 'ready':
      return { kind: 'ready' };
    case 'failed':
      return failed(film.failure ?? 'unknown');
    case 'scanning':
      return { kind: 'scanning' };
    case 'pending':
      return { kind: 'queued', place: partsOf(film).queuePlace };
    case 'uploading':
    case 'processing':
      return film.stalled
        ? { kind: 'stalled', share: film.progress }
        : { kind: 'working', text: film.status, share: film.progress, playable: film.playable };
  }
}

function failed(code: string): FilmState {
  return { kind: 'failed', code, retriable: !isWrongFile(code) };
}

/** Something changes by itself, so it is worth looking again. */
export function isMoving(films: VideoView[]): boolean {
  return films.some((film) => film.status !== 'ready' && film.status !== 'failed');
}
