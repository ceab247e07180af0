import type { VideoView } from './generated/protocol';

/** Nothing of the film can ever be watched unless it is tried again. One that broke off after its first part can be (TRN-3). */
export function hasFailed({ status, playable }: Pick<VideoView, 'status' | 'playable'>): boolean {
  return status === 'failed' && !playable;
}
