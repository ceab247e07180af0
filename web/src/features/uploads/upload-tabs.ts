import type { VideoId } from '@/api/generated/protocol';

const PREFIX = 'syncwatch.upload.';

/** Tells other tabs that this one sends the film. Returns how to let go; a closed tab lets go by itself. */
export function holdUpload(videoId: VideoId): () => void {
  const locks = availableLocks();
  if (!locks) return () => undefined;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  void locks.request(PREFIX + videoId, () => released);
  return () => release();
}

/** What other tabs are sending right now: under way, not interrupted. */
export async function uploadsInOtherTabs(): Promise<ReadonlySet<VideoId>> {
  const { held = [] } = (await availableLocks()?.query()) ?? {};
  return new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
}

/** Pages served without TLS from another machine have none. */
function availableLocks(): LockManager | undefined {
  return navigator.locks as LockManager | undefined;
}
