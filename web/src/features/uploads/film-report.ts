/**
 * What the server found in a film's file and what it decided to make of it. It is for reading only, so a report with parts
 * missing or unknown is shown as far as it goes.
 */

import { z } from 'zod';

const ratio = z.object({ numerator: z.number(), denominator: z.number() });
const maybe = <Value extends z.ZodType>(value: Value) => value.nullish().catch(null);

const video = z.object({
  codec: z.string(),
  profile: maybe(z.string()),
  pixelFormat: maybe(z.string()),
  width: z.number(),
  height: z.number(),
  rotation: maybe(z.number()),
  averageRate: maybe(ratio),
  interlaced: maybe(z.boolean()),
  transfer: maybe(z.string()),
  bitRate: maybe(z.number()),
  cover: maybe(z.boolean()),
});
const audio = z.object({
  codec: z.string(),
  channels: maybe(z.number()),
  sampleRate: maybe(z.number()),
  language: maybe(z.string()),
  title: maybe(z.string()),
  bitRate: maybe(z.number()),
});
const subtitle = z.object({ codec: z.string(), language: maybe(z.string()), title: maybe(z.string()) });

const details = z.object({
  report: maybe(
    z.object({
      container: maybe(z.string()),
      video: z.array(video).catch([]),
      audio: z.array(audio).catch([]),
      subtitles: z.array(subtitle).catch([]),
    }),
  ),
  decisions: z.array(z.object({ choice: z.string(), reason: z.string() })).catch([]),
});

export type FilmDetails = z.infer<typeof details>;
export type VideoFacts = z.infer<typeof video>;
export type AudioFacts = z.infer<typeof audio>;
export type SubtitleFacts = z.infer<typeof subtitle>;

export function parseDetails(answer: unknown): FilmDetails {
  return details.parse(camelCased(answer));
}

/** The report is the probe's own document, whose names are written as Rust writes them. */
function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [camelName(name), camelCased(part)]));
}

function camelName(name: string): string {
  return name.replace(/_(\w)/gu, (_, letter: string) => letter.toUpperCase());
}
