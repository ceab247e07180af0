import { describe, expect, it } from 'vitest';
import { chatLine } from '@/test/room-fixtures';
import type { Records, Sample } from './diagnostics-store';
import { logAsCsv } from './log-files';
import { type Noted, PARTS, type Part, roomLog } from './room-log';

/** The page's clock shows 10 seconds, and it is so late in the world. */
const NOW = 10_000;
const UTC = Date.UTC(2026, 10, 21, 20, 0, 10);
const utc = (at: number) => UTC - NOW + at;

const sample = (at: number, changes: Partial<Sample> = {}): Sample => ({
  at,
  state: 'playing',
  driftMs: 3,
  positionMs: at,
  targetMs: at,
  rate: 1,
  bufferedMs: 30_000,
  roundTripMs: 20,
  frames: { due: at, dropped: 0 },
  ...changes,
});

function noted(records: Partial<Records> = {}, chat: Noted['chat'] = []): Noted {
  const nothing = { samples: [], corrections: [], commands: [], reconnects: [], loads: [], troubles: [] };
  return { records: { ...nothing, ...records }, chat, now: NOW, utcMs: UTC };
}
const everything = (...parts: Part[]) => ({ parts: new Set(parts), fromMs: 0, toMs: UTC });

const full = noted(
  {
    samples: [sample(1_000), sample(4_000)],
    corrections: [{ at: 2_000, kind: 'rate', rate: 1.01 }],
    commands: [{ at: 500, kind: 'PLAY', sequenceNumber: 7 }],
    reconnects: [5_000],
    loads: [{ from: 2_500, to: 3_000, bytes: 400_000 }],
    troubles: [{ at: 3_500, source: 'player', code: 'network' }],
  },
  [chatLine(1, { sentAtMs: utc(2_200), authorName: 'Ben', body: { kind: 'text', text: 'popcorn' } })],
);

describe('the log of a room', () => {
  // WEB-6
  it('holds the parts that were chosen, in the order of time', () => {
    const { entries } = roomLog(full, everything(...PARTS));
    expect(entries.map(({ part, event }) => `${part} ${event}`)).toEqual([
      'sync PLAY',
      'sync playing',
      'sync corrected_rate',
      'chat message',
      'sync loaded',
      'errors network',
      'sync playing',
      'sync reconnected',
    ]);
    expect(entries[1]).toMatchObject({ atMs: utc(1_000), driftMs: 3, framesDropped: 0 });
    expect(new Set(roomLog(full, everything('errors')).entries.map(({ part }) => part))).toEqual(new Set(['errors']));
    expect(roomLog(full, everything('sync')).analytics).toBeNull();
  });

  // WEB-6
  it('reaches from one moment to another', () => {
    const wish = { parts: new Set(PARTS), fromMs: utc(1_500), toMs: utc(3_200) };
    const { entries, analytics } = roomLog(full, wish);
    expect(entries.map(({ event }) => event)).toEqual(['corrected_rate', 'message', 'loaded']);
    expect(analytics).toMatchObject({ correctionsSoft: 1, commands: 0, errors: 0 });
  });

  // WEB-6, ANA-2
  it('measures the evening: what was watched, waited for, corrected and lost', () => {
    const samples = [
      sample(0),
      sample(1_000, { driftMs: -80, frames: { due: 24, dropped: 2 } }),
      sample(2_000, { state: 'stalled', driftMs: null, roundTripMs: null, frames: null }),
      sample(3_500, { frames: { due: 40, dropped: 2 } }),
      // A hidden tab and another film: nobody saw what happened meanwhile.
      sample(100_000, { frames: { due: 10, dropped: 1 } }),
    ];
    const { analytics } = roomLog({ ...noted({ samples }), now: 200_000 }, everything('analytics'));
    expect(analytics).toMatchObject({
      watchedMs: 2_000,
      bufferings: 1,
      bufferingMs: 1_500,
      largestDriftMs: 80,
      averageRoundTripMs: 20,
      framesDropped: 3,
    });
  });
});

describe('the log as a table', () => {
  const rows = (csv: string) => csv.trimEnd().split('\r\n');

  // WEB-6
  it('has a line for each thing that happened, and one for each measure', () => {
    const csv = rows(logAsCsv(roomLog(full, everything('sync', 'analytics'))));
    const columns = csv[0]?.split(',') ?? [];
    expect(new Set(csv.map((row) => row.split(',').length))).toEqual(new Set([columns.length]));
    const playing = csv.find((row) => row.includes(',playing,'))?.split(',') ?? [];
    expect(playing[0]).toBe('2026-11-21T20:00:01.000Z');
    expect(playing[columns.indexOf('driftMs')]).toBe('3');
    expect(csv.at(-1)).toMatch(/^2026-11-21T20:00:10.000Z,analytics,framesDropped,.*,0$/);
  });

  // WEB-6, SEC-3
  it('keeps what people wrote as the text that it is', () => {
    const line = (text: string) => chatLine(1, { sentAtMs: UTC, body: { kind: 'text', text } });
    const chat = [line('one, "two"'), line('=HYPERLINK("http://x")')];
    const csv = rows(logAsCsv(roomLog(noted({}, chat), everything('chat'))));
    expect(csv[1]).toContain('"one, ""two"""');
    expect(csv[2]).toContain('"\'=HYPERLINK(""http://x"")"');
  });
});
