/** The way of a player from a film to its files. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Sent } from './transcode.ts';

/** One quality of a master playlist. */
export interface Quality {
  height: number;
  playlist: URL;
}

/** The qualities in the order of the master playlist. */
export async function qualities(program: { url: string }, { guest, id }: Sent): Promise<Quality[]> {
  const master = new URL(await guest.manifest(id), program.url.replace('localhost', '127.0.0.1'));
  const lines = (await text(master)).split('\n');
  return lines.flatMap((line, at) => {
    const height = /^#EXT-X-STREAM-INF:.*RESOLUTION=\d+x(\d+)/.exec(line)?.[1];
    return height === undefined ? [] : [{ height: Number(height), playlist: new URL(lines[at + 1] ?? '', master) }];
  });
}

/** What a quality is made of: first what players need before anything else, then its segments. */
export async function partsOf({ playlist }: Quality): Promise<{ init: URL; segments: URL[] }> {
  const lines = (await text(playlist)).split('\n');
  const init = lines.flatMap((line) => /^#EXT-X-MAP:URI="([^"]+)"/.exec(line)?.[1] ?? [])[0];
  if (init === undefined) throw new Error(`${playlist.pathname} has no EXT-X-MAP`);
  const segments = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return { init: new URL(init, playlist), segments: segments.map((name) => new URL(name, playlist)) };
}

/**
 * The first segment of the first quality that has it; its bytes, or nothing when no quality has it yet. A player, too, takes
 * another quality when it is told that one is not there yet.
 */
export async function firstSegment(program: { url: string }, sent: Sent): Promise<number | null> {
  for (const quality of await qualities(program, sent)) {
    const [segment] = (await partsOf(quality)).segments;
    const answer = segment === undefined ? null : await fetch(segment);
    const body = await answer?.arrayBuffer();
    if (answer?.ok && body !== undefined && body.byteLength > 0) return body.byteLength;
  }
  return null;
}

/** Writes a whole quality into one file. */
export async function download(quality: Quality, file: string): Promise<void> {
  const { init, segments } = await partsOf(quality);
  async function* bytes(): AsyncGenerator<Buffer> {
    for (const part of [init, ...segments]) yield Buffer.from(await (await fetched(part)).arrayBuffer());
  }
  await pipeline(Readable.from(bytes()), createWriteStream(file));
}

async function text(address: URL): Promise<string> {
  return (await fetched(address)).text();
}

async function fetched(address: URL): Promise<Response> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address.pathname} answered ${answer.status}`);
  return answer;
}
