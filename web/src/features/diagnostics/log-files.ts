/** A room's log as a file: JSON for programs, CSV for tables. */

import type { Figures } from './figures';
import type { LogEntry, RoomLog } from './room-log';

/** The figures of the moment stand in front of what led to them. */
export function logAsJson(log: RoomLog, figures: Figures, userAgent: string): string {
  return JSON.stringify({ format: 'syncwatch-diagnostics-2', userAgent, figures, ...log }, null, 1);
}

const COLUMNS = [
  'driftMs',
  'positionMs',
  'targetMs',
  'rate',
  'bufferedMs',
  'roundTripMs',
  'framesDue',
  'framesDropped',
  'bytes',
  'tookMs',
  'sequenceNumber',
  'source',
  'name',
  'text',
] as const satisfies readonly (keyof LogEntry)[];

/** One line for each thing that happened; the measures stand at the end, one line each, with their number under `value`. */
export function logAsCsv({ entries, analytics, toMs }: RoomLog): string {
  const time = (atMs: number) => new Date(atMs).toISOString();
  const lines = [
    ['time', 'part', 'event', ...COLUMNS, 'value'],
    ...entries.map((entry) => [
      time(entry.atMs),
      entry.part,
      entry.event,
      ...COLUMNS.map((column) => entry[column] ?? ''),
      '',
    ]),
    ...Object.entries(analytics ?? {}).map(([measure, value]) => [
      time(toMs),
      'analytics',
      measure,
      ...COLUMNS.map(() => ''),
      value ?? '',
    ]),
  ];
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/** Tables take a text that begins like a formula for one, and people write what they like. */
const LIKE_A_FORMULA = /^[=+\-@\t\r]/u;

function cell(value: string | number): string {
  if (typeof value === 'number') return String(Math.round(value * 1_000) / 1_000);
  const text = LIKE_A_FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Gives the browser a file to keep. */
export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
