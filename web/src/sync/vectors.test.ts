/** Both ends of the wire read the same files, so that they agree on the arithmetic (crates/protocol/vectors). */

import { describe, expect, it } from 'vitest';
import { playbackWith } from '@/test/timeline-fixtures';
import anchors from '../../../crates/protocol/vectors/anchor.json';
import clocks from '../../../crates/protocol/vectors/clock.json';
import { ClockFilter } from './clock';
import { positionWithin } from './timeline';

describe('an anchor', () => {
  // SYNC-2, SYNC-10
  it.each(anchors.cases)('$name', ({ playback, durationMs, positions }) => {
    const state = playbackWith(playback);
    for (const { at, mediaTimeMs } of positions) expect(positionWithin(state, at, durationMs)).toBe(mediaTimeMs);
  });
});

describe('the clock knows the time after', () => {
  // SYNC-8
  it.each(clocks.cases)('$name', ({ samples, answers }) => {
    const clock = new ClockFilter();
    for (const [i, [sentAt, s2, s3, receivedAt]] of samples.entries()) {
      clock.add({ sentAt: sentAt ?? 0, s2: s2 ?? 0, s3: s3 ?? 0, receivedAt: receivedAt ?? 0 });
      for (const { afterSample, local, serverTime, withinMs } of answers) {
        if (afterSample !== i + 1) continue;
        const error = (clock.serverTime(local) ?? Number.NaN) - serverTime;
        expect(Math.abs(error), `after ${afterSample} samples`).toBeLessThanOrEqual(withinMs);
      }
    }
  });
});
