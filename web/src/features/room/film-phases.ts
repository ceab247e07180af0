/** A film on its way into the room, in two honest phases: it arrives, and it is made watchable. */

import type { VideoView } from '@/api/generated/protocol';

export type FilmPhases = {
  /** 0 to 1 of the bytes. */
  upload: number;
  /** 0 to 1 of the work; unknown while it waits its turn. */
  prepare: number | null;
  line: 'uploading' | 'scanning' | 'pending' | 'processing' | 'stalled' | 'failed';
};

export function filmPhases({ status, progress, stalled }: VideoView): FilmPhases {
  switch (status) {
    case 'uploading':
      return { upload: progress, prepare: 0, line: 'uploading' };
    case 'scanning':
    case 'pending':
      return { upload: 1, prepare: null, line: status };
    case 'processing':
      return { upload: 1, prepare: progress, line: stalled ? 'stalled' : 'processing' };
    case 'ready':
      return { upload: 1, prepare: 1, line: 'processing' };
    case 'failed':
      return { upload: 1, prepare: progress, line: 'failed' };
  }
}
