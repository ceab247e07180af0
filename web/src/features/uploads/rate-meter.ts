/** How fast bytes go out, smoothed so that the number can be read. Pure: the time comes with each reading. */
export interface RateMeter {
  atMs: number;
  bytes: number;
  bytesPerSecond: number | undefined;
}

/** Readings closer together than this say more about buffers than about the network. */
const SHORTEST_MS = 250;

/** How much time back the rate mostly looks. */
const MEMORY_MS = 4_000;

export function startMeter(atMs: number, bytes: number): RateMeter {
  return { atMs, bytes, bytesPerSecond: undefined };
}

export function readMeter(meter: RateMeter, atMs: number, bytes: number): RateMeter {
  const elapsed = atMs - meter.atMs;
  // After a retry the count can go back; what was measured before says nothing then.
  if (bytes < meter.bytes) return startMeter(atMs, bytes);
  if (elapsed < SHORTEST_MS) return meter;
  const now = ((bytes - meter.bytes) * 1000) / elapsed;
  const weight = 1 - Math.exp(-elapsed / MEMORY_MS);
  const smooth =
    meter.bytesPerSecond === undefined ? now : meter.bytesPerSecond + weight * (now - meter.bytesPerSecond);
  return { atMs, bytes, bytesPerSecond: smooth };
}

/** Nothing while the rate is unknown or stands still. */
export function secondsLeft(missingBytes: number, bytesPerSecond: number | undefined): number | undefined {
  return bytesPerSecond && bytesPerSecond > 1 ? missingBytes / bytesPerSecond : undefined;
}
