/** An X display without a monitor, whose lit pixels are read out of the X server's own memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';

const SIZE = { width: 1600, height: 1000 } as const;
const BYTES_PER_PIXEL = 4;
/** In the order in which they lie in memory. */
type Pixel = readonly [blue: number, green: number, red: number];

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Xvfb keeps its picture in a file that it has mapped into its memory (`-fbdir`). Whoever reads the file reads what the server
 * drew last, without asking the server: looking takes microseconds, and holds nobody up who draws.
 */
export class Screen {
  private constructor(
    /** What `DISPLAY` is to be for a program that shall draw here. */
    readonly display: string,
    private readonly server: ChildProcess,
    private readonly folder: string,
    private readonly file: number,
    private readonly memory: { start: number; bytesPerLine: number },
  ) {}

  static async open(): Promise<Screen> {
    const folder = await mkdtemp(path.join(tmpdir(), 'syncwatch-screen-'));
    const size = `${SIZE.width}x${SIZE.height}x24`;
    const options = ['-displayfd', '3', '-screen', '0', size, '-fbdir', folder, '-nolisten', 'tcp', '-noreset'];
    const server = spawn('Xvfb', options, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    try {
      const number = await started(server);
      const file = openSync(`${folder}/Xvfb_screen0`, 'r');
      return new Screen(`:${number}`, server, folder, file, layoutOf(file));
    } catch (error) {
      server.kill();
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.kill();
    await closed;
    closeSync(this.file);
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The green of some pixels of a line, from black (0) to white (255). */
  grey(y: number, xs: readonly number[]): number[] {
    const [from, to] = [Math.min(...xs), Math.max(...xs)];
    const line = this.#read(from, y, to - from + 1);
    return xs.map((x) => line[(x - from) * BYTES_PER_PIXEL + 1] ?? 0);
  }

  /** The part of the screen that has exactly this colour; `null` when nothing has. */
  find(colour: Pixel): Box | null {
    const wanted = Buffer.from([...colour]);
    const rows: { y: number; first: number; last: number }[] = [];
    for (let y = 0; y < SIZE.height; y++) {
      const line = this.#read(0, y, SIZE.width);
      const xs = Array.from({ length: SIZE.width }, (_, x) => x);
      const lit = xs.filter((x) => wanted.equals(line.subarray(x * BYTES_PER_PIXEL, x * BYTES_PER_PIXEL + 3)));
      const [first, last] = [lit.at(0), lit.at(-1)];
      if (first !== undefined && last !== undefined) rows.push({ y, first, last });
    }
    const [top, bottom] = [rows.at(0), rows.at(-1)];
    if (!top || !bottom) return null;
    const x = Math.min(...rows.map(({ first }) => first));
    return { x, y: top.y, width: Math.max(...rows.map(({ last }) => last)) - x + 1, height: bottom.y - top.y + 1 };
  }

  #read(x: number, y: number, pixels: number): Buffer {
    const bytes = Buffer.allocUnsafe(pixels * BYTES_PER_PIXEL);
    readSync(this.file, bytes, 0, bytes.length, this.memory.start + y * this.memory.bytesPerLine + x * BYTES_PER_PIXEL);
    return bytes;
  }
}

async function started(server: ChildProcess): Promise<number> {
  const failed = once(server, 'error').then(([error]) => {
    throw error.code === 'ENOENT' ? new Error('Xvfb is missing: run scripts/setup.sh displays') : error;
  });
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`Xvfb ended with ${code}`);
  });
  const told = once(server.stdio[3] as Readable, 'data').then(([number]) => Number(String(number)));
  return Promise.race([told, failed, ended]);
}

/** Where the pixels are in the file, which is one of the format XWD: numbers of four bytes, the highest first. */
function layoutOf(file: number): { start: number; bytesPerLine: number } {
  const header = Buffer.alloc(100);
  readSync(file, header, 0, header.length, 0);
  const field = (index: number): number => header.readUInt32BE(index * 4);
  const [headerSize, bitsPerPixel, bytesPerLine, colours] = [field(0), field(11), field(12), field(19)];
  if (bitsPerPixel !== 8 * BYTES_PER_PIXEL) throw new Error(`Xvfb draws pixels of ${bitsPerPixel} bits`);
  const colourSize = 12;
  return { start: headerSize + colours * colourSize, bytesPerLine };
}
