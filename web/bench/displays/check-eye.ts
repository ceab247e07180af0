/** What the eye sees against what was painted at known moments: its own delay. */
import { setTimeout as sleep } from 'node:timers/promises';
import { quantileOf } from '../../e2e/harness/spread.ts';
import { atMost, type Figure } from '../figure.ts';
import { Eye } from './eye.ts';
import { Pen, SQUARE, type Stroke } from './pen.ts';
import type { Screen } from './screen.ts';

const STROKES = 200;
const LIMIT_MS = 3;

export async function checkEye(screen: Screen): Promise<Figure[]> {
  const pen = await Pen.take(screen.display);
  const [x, y] = [SQUARE.x + SQUARE.size / 2, SQUARE.y + SQUARE.size / 2];
  const eye = new Eye(() => screen.grey(y, [x])[0] ?? null);
  const strokes: Stroke[] = [];
  for (let i = 0; i < STROKES; i++) {
    // A rhythm of its own, so that strokes do not always fall between the same two looks.
    await sleep(10 + (i % 7));
    strokes.push(await pen.paint(i % 2 === 0 ? 0xffffff : 0x000000));
  }
  await sleep(50);
  const seen = (await eye.close()).slice(-STROKES);
  pen.lay();
  if (seen.length < STROKES) throw new Error(`the eye saw ${seen.length} of ${STROKES} strokes`);
  const delays = seen.map((sighting, i) => (sighting.after + sighting.before) / 2 - middle(strokes[i]));
  const what = 'eye: what an X client painted is noticed beside its moment';
  return [
    atMost(LIMIT_MS, 'ms', `${what}, p50`, quantileOf(delays.map(Math.abs), 0.5)),
    atMost(LIMIT_MS, 'ms', `${what}, p95`, quantileOf(delays.map(Math.abs), 0.95)),
  ];
}

const middle = (stroke: Stroke | undefined): number => (stroke ? (stroke.sent + stroke.done) / 2 : Number.NaN);
