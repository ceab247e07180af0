/** As much of the API as the measurements need: a guest with a room who uploads a film by tus. */
import { request } from 'node:http';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { VideoView } from '../src/api/generated/protocol.ts';

export class Guest {
  private constructor(
    private readonly api: string,
    private readonly token: string,
  ) {}

  /** Makes a room, which makes a guest. */
  static async arrive(home: string): Promise<Guest> {
    const api = `${home.replace('localhost', '127.0.0.1')}/api/v1`;
    const answer = await fetch(`${api}/rooms`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ nickname: 'Bench' }),
    });
    const { guestToken } = (await expectOk(answer).json()) as { guestToken: string };
    return new Guest(api, guestToken);
  }

  /** Announces a film; the path to send it to, which ends with its id. */
  async announce(file: string, bytes: number): Promise<{ id: string; location: string }> {
    const filetype = file.endsWith('.mkv') ? 'video/x-matroska' : 'video/mp4';
    const metadata = { filename: path.basename(file), filetype };
    const pairs = Object.entries(metadata).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
    const answer = await fetch(`${this.api}/videos/upload`, {
      method: 'POST',
      headers: { ...this.#headers(), 'Upload-Length': `${bytes}`, 'Upload-Metadata': pairs.join(',') },
    });
    const location = new URL(expectOk(answer).headers.get('location') ?? '', answer.url).href;
    return { id: path.basename(location), location };
  }

  /** Sends bytes in one request, as fast as the server takes them; when the last one was handed over. */
  async send(location: string, body: Readable, bytes: number, offset = 0): Promise<number> {
    const patch = request(location, {
      method: 'PATCH',
      headers: {
        ...this.#headers(),
        'Content-Type': 'application/offset+octet-stream',
        'Content-Length': bytes,
        'Upload-Offset': offset,
      },
    });
    const answered = new Promise<number>((resolve, reject) => {
      patch.on('response', (response) => resolve(response.resume().statusCode ?? 0));
      patch.on('error', reject);
    });
    await pipeline(body, patch);
    const lastByte = performance.now();
    const status = await answered;
    if (status !== 204) throw new Error(`the upload was answered with ${status}`);
    return lastByte;
  }

  async video(id: string): Promise<VideoView> {
    const answer = await fetch(`${this.api}/videos/${id}/status`, { headers: this.#headers() });
    return (await expectOk(answer).json()) as VideoView;
  }

  /** The first piece of the film's first quality, by the way that a player takes; its bytes. */
  async firstSegment(id: string): Promise<number> {
    const quality = await firstEntry(new URL(await this.manifest(id), this.api));
    const segment = await firstEntry(quality);
    return (await expectOk(await fetch(segment)).arrayBuffer()).byteLength;
  }

  /** The path of the film's first playlist. */
  async manifest(id: string): Promise<string> {
    const answer = await fetch(`${this.api}/videos/${id}/manifest`, { headers: this.#headers() });
    const { manifestUrl } = (await expectOk(answer).json()) as { manifestUrl: string };
    return manifestUrl;
  }

  #headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.token}`, 'Tus-Resumable': '1.0.0' };
  }
}

/** The address of the first thing that a playlist lists. */
async function firstEntry(playlist: URL): Promise<URL> {
  const text = await expectOk(await fetch(playlist)).text();
  const entry = text.split('\n').find((line) => line !== '' && !line.startsWith('#'));
  if (!text.startsWith('#EXTM3U') || entry === undefined) throw new Error(`${playlist} lists nothing:\n${text}`);
  return new URL(entry, playlist);
}

function expectOk(answer: Response): Response {
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  return answer;
}
