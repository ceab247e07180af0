import { describe, expect, it } from 'vitest';
import type { Records, Sample } from './diagnostics-store';
import { driftChart } from './drift-chart';

const sample = (at: number, driftMs: number | null): Sample => ({
  at,
  driftMs,
  state: 'playing',
  positionMs: at,
  targetMs: at,
  rate: 1,
  bufferedMs: 10_000,
  roundTripMs: null,
  frames: null,
});
const records = (samples: Sample[], marks: Partial<Records> = {}): Records => ({
  samples,
  corrections: [],
  commands: [],
  reconnects: [],
  loads: [],
  troubles: [],
  ...marks,
});

describe('the drift as a line', () => {
  // WEB-6
  it('is nothing before there are two points', () => {
    expect(driftChart(records([]))).toBeNull();
    expect(driftChart(records([sample(5, 1)]))).toBeNull();
  });

  // WEB-6
  it('fills the box: ahead above the middle, behind below it', () => {
    const chart = driftChart(records([sample(1_000, 0), sample(2_000, 50), sample(3_000, -50)]));
    expect(chart).toMatchObject({ path: 'M0 50L500 0L1000 100', limitMs: 50, spanMs: 2_000 });
  });

  // WEB-6
  it('has a gap where nothing could be told, and where nobody looked for long', () => {
    const points = [sample(0, 10), sample(1_000, null), sample(2_000, 10), sample(10_000, 10)];
    expect(driftChart(records(points))?.path.match(/[ML]/g)).toEqual(['M', 'M', 'M']);
  });

  // WEB-6
  it('takes a scale that holds the largest, and cuts what no scale holds', () => {
    expect(driftChart(records([sample(0, 0), sample(1, 51)]))?.limitMs).toBe(150);
    expect(driftChart(records([sample(0, 0), sample(1, 60_000)]))?.path).toBe('M0 50L1000 0');
  });

  // WEB-6
  it('shows what was done at its moment, as far back as the line goes', () => {
    const chart = driftChart(
      records([sample(1_000, 0), sample(2_000, 0)], {
        corrections: [
          { at: 0, kind: 'play' },
          { at: 1_500, kind: 'seek', toMs: 7 },
        ],
        commands: [{ at: 1_250, kind: 'SEEK', sequenceNumber: 3 }],
      }),
    );
    expect(chart).toMatchObject({ corrections: [500], commands: [250] });
  });
});
