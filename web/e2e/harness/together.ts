/** Watches two people watch, and says how far apart their pictures were. */
import { clockOffset } from './clock.ts';
import { recordFrames, type SeenFrame, takeFrames } from './frame-reader.ts';
import { type Spread, spread } from './spread.ts';
import type { Viewer } from './viewer.ts';

const FRAMES_PER_SECOND = 25;

/** How far apart two pictures were. */
export interface Together {
  /** By the moments at which pixels were lit: what two people in one room would see. This is what is promised. */
  lit: Spread;
  /** By the moments that the browsers announced. Engines are wrong by different amounts, so this is no distance on any screen. */
  announced: Spread;
}

/** Compares the pictures of two people from now until the film of the first has gone on by so many seconds. */
export async function watchTogether(first: Viewer, second: Viewer, seconds: number): Promise<Together> {
  const both = [first, second] as const;
  await Promise.all(both.map(({ page }) => recordFrames(page)));
  const { seconds: start } = await first.player();
  await first.playerIs(
    `has played ${seconds} s`,
    (player) => player.seconds >= start + seconds,
    2000 * seconds + 10_000,
  );
  const [seenFirst, seenSecond] = await Promise.all([framesOnOneClock(first), framesOnOneClock(second)]);
  return {
    lit: spread(seenFirst, seenSecond, FRAMES_PER_SECOND),
    announced: spread(asAnnounced(seenFirst), asAnnounced(seenSecond), FRAMES_PER_SECOND),
  };
}

/** Two lines for people who read the test's output. */
export function describeTogether(what: string, { lit, announced }: Together): string {
  return `${what}, lit pixels: ${describe(lit)}${what}, as the browsers announced: ${describe(announced)}`;
}

/** The same frames at the moments that the browser announced for them. */
export function asAnnounced(frames: readonly SeenFrame[]): SeenFrame[] {
  return frames.map((seen) => ({ ...seen, at: seen.announced }));
}

function describe(result: Spread): string {
  const [p50, p95, max, lean] = [result.p50, result.p95, result.max, result.lean].map((ms) => ms.toFixed(1));
  const share = (result.within(80) * 100).toFixed(1);
  return `p50 ${p50} ms, p95 ${p95} ms, max ${max} ms, lean ${lean} ms, within 80 ms ${share} % of ${result.count}\n`;
}

export async function framesOnOneClock(viewer: Viewer): Promise<SeenFrame[]> {
  const { frames, unreadable } = await takeFrames(viewer.page, FRAMES_PER_SECOND);
  // One may be caught in the middle of a change of quality.
  if (unreadable > Math.max(1, frames.length / 20))
    throw new Error(`${unreadable} frames of ${viewer.name} could not be read`);
  const { offset } = await clockOffset(viewer.page);
  return frames.map(({ frame, at, announced }) => ({ frame, at: at + offset, announced: announced + offset }));
}
