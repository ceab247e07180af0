/**
 * What this page noted of a room as a log to hand to somebody (WEB-6): chosen parts of a chosen time, in the order of time.
 * Its times are UTC, by the server's clock where that is known, so that logs of several people can be laid beside each other.
 */

import type { ChatBody, ChatMessage } from '@/api/generated/protocol';
import type { LocalTime } from '@/sync';
import type { Records } from './diagnostics-store';
import { type Measures, measuresOf } from './measures';

/** Voice comes with voice. */
export const PARTS = ['sync', 'chat', 'errors', 'analytics'] as const;
export type Part = (typeof PARTS)[number];

/** Moments in UTC milliseconds. */
export type LogWish = { parts: ReadonlySet<Part>; fromMs: number; toMs: number };

export type Noted = {
  records: Records;
  chat: readonly ChatMessage[];
  /** The same moment on the page's clock and in UTC. */
  now: LocalTime;
  utcMs: number;
};

/** One thing that happened. What does not apply to it is left out. */
export type LogEntry = {
  atMs: number;
  part: Exclude<Part, 'analytics'>;
  event: string;
  driftMs?: number | null;
  positionMs?: number;
  targetMs?: number;
  rate?: number;
  bufferedMs?: number;
  roundTripMs?: number | null;
  framesDue?: number;
  framesDropped?: number;
  bytes?: number;
  tookMs?: number;
  sequenceNumber?: number;
  source?: string;
  name?: string;
  text?: string;
};

export type RoomLog = { fromMs: number; toMs: number; entries: LogEntry[]; analytics: Measures | null };

export function roomLog(noted: Noted, { parts, fromMs, toMs }: LogWish): RoomLog {
  const within = ({ atMs }: { atMs: number }) => atMs >= fromMs && atMs <= toMs;
  const all = [
    ...(parts.has('sync') ? syncEntries(noted) : []),
    ...(parts.has('chat') ? noted.chat.map(chatEntry) : []),
    ...(parts.has('errors') ? errorEntries(noted) : []),
  ];
  const entries = all.filter(within).sort((a, b) => a.atMs - b.atMs);
  const pageTime = (utcMs: number) => utcMs - noted.utcMs + noted.now;
  const analytics = parts.has('analytics') ? measuresOf(noted.records, pageTime(fromMs), pageTime(toMs)) : null;
  // Without a wish it begins where the notes do.
  return { fromMs: fromMs || (entries[0]?.atMs ?? toMs), toMs, entries, analytics };
}

function syncEntries(noted: Noted): LogEntry[] {
  const { samples, corrections, commands, loads, reconnects } = noted.records;
  const entry = (at: LocalTime, event: string, more: Partial<LogEntry> = {}): LogEntry => ({
    atMs: utcOf(noted, at),
    part: 'sync',
    event,
    ...more,
  });
  return [
    ...samples.map(({ at, state, frames, ...figures }) =>
      entry(at, state, { ...figures, ...(frames && { framesDue: frames.due, framesDropped: frames.dropped }) }),
    ),
    ...corrections.map((done) =>
      entry(done.at, `corrected_${done.kind}`, {
        ...(done.kind === 'seek' && { positionMs: done.toMs }),
        ...(done.kind === 'rate' && { rate: done.rate }),
      }),
    ),
    ...commands.map(({ at, kind, sequenceNumber }) => entry(at, kind, { sequenceNumber })),
    ...loads.map(({ from, to, bytes }) => entry(to, 'loaded', { bytes, tookMs: Math.round(to - from) })),
    ...reconnects.map((at) => entry(at, 'reconnected')),
  ];
}

function errorEntries(noted: Noted): LogEntry[] {
  return noted.records.troubles.map(({ at, source, code }) => ({
    atMs: utcOf(noted, at),
    part: 'errors',
    event: code,
    source,
  }));
}

function chatEntry({ sentAtMs, authorName, body }: ChatMessage): LogEntry {
  return { atMs: sentAtMs, part: 'chat', name: authorName, ...chatWords(body) };
}

function chatWords(body: ChatBody): Pick<LogEntry, 'event' | 'text'> {
  return body.kind === 'text' ? { event: 'message', text: body.text } : { event: body.event.event };
}

function utcOf({ now, utcMs }: Noted, at: LocalTime): number {
  return Math.round(utcMs - (now - at));
}
