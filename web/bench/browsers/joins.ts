/** How soon somebody who comes into a moving film is in step. */
import { clockOffset } from '../../e2e/harness/clock.ts';
import { recordFrames, type SeenFrame } from '../../e2e/harness/frame-reader.ts';
import { spread } from '../../e2e/harness/spread.ts';
import { framesOnOneClock } from '../../e2e/harness/together.ts';
import { type Evening, FRAMES_PER_SECOND } from './evening.ts';
import { takePlayerEvents } from './watched-player.ts';

/** In step is who stays within one frame for a second. */
const WITHIN_MS = 1_000 / FRAMES_PER_SECOND;
const FOR_MS = 1_000;

/** Cleo loads her page anew so many times; milliseconds from her first `canplay` until she is in step with Ada. */
export async function joins(evening: Evening, rounds: number): Promise<number[]> {
  const [{ viewer: ada }, , { viewer: cleo }] = evening.seats;
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await ada.seekByKey('Home');
    await recordFrames(ada.page);
    await cleo.reload();
    await cleo.watch();
    await cleo.playerIs('has caught up', ({ paused, seconds }) => !paused && seconds > 1);
    const { seconds } = await cleo.player();
    await cleo.playerIs('has gone on', (player) => player.seconds > seconds + 5);
    const [reference, frames] = [await framesOnOneClock(ada), await framesOnOneClock(cleo)];
    const [canPlay] = (await takePlayerEvents(cleo.page)).canplay;
    if (canPlay === undefined) throw new Error('the film never could be played');
    const { offset } = await clockOffset(cleo.page);
    took.push(Math.max(0, inStepSince(frames, reference) - (canPlay + offset)));
  }
  return took;
}

/** The first moment from which on the two stay together. */
function inStepSince(frames: readonly SeenFrame[], reference: readonly SeenFrame[]): number {
  const start = frames.find(({ at }) => {
    const window = frames.filter((seen) => seen.at >= at && seen.at < at + FOR_MS);
    const { count, within } = spread(window, reference, FRAMES_PER_SECOND);
    return count > FRAMES_PER_SECOND / 2 && within(WITHIN_MS) === 1;
  });
  return start?.at ?? Number.POSITIVE_INFINITY;
}
