/** How far apart the first moving frames of a commanded start are. */
import { recordFrames, type SeenFrame } from '../../e2e/harness/frame-reader.ts';
import { type Evening, FRAMES_PER_SECOND } from './evening.ts';

/** Frames after the standing one by which its start is judged: enough to see through one that was shown late. */
const JUDGED_FRAMES = 8;

/** Pauses and plays so many times; for each start, milliseconds between the first and the last who moved. */
export async function commandedStarts(evening: Evening, rounds: number): Promise<number[]> {
  const [ada, ben] = evening.seats;
  const apart: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await ada.viewer.pause();
    await evening.everybody('stands', ({ paused }) => paused);
    await ben.viewer.frameNow();
    const standing = (await ada.viewer.player()).seconds;
    await Promise.all(evening.viewers.map(({ page }) => recordFrames(page)));
    await ben.viewer.play();
    await evening.everybody('has moved', ({ seconds }) => seconds > standing + 1);
    const began = (await evening.frames()).map((frames) => beginning(frames, standing));
    apart.push(Math.max(...began) - Math.min(...began));
  }
  return apart;
}

/** The moment at which a screen left the place where it stood, by the median of its first frames. */
function beginning(frames: readonly SeenFrame[], standing: number): number {
  const standingFrame = Math.round(standing * FRAMES_PER_SECOND);
  const moving = frames.filter(({ frame }) => frame > standingFrame).slice(0, JUDGED_FRAMES);
  const starts = moving.map(({ frame, at }) => at - ((frame - standingFrame) * 1_000) / FRAMES_PER_SECOND);
  const middle = starts.sort((a, b) => a - b)[Math.floor(starts.length / 2)];
  if (middle === undefined) throw new Error('nothing moved');
  return middle;
}
