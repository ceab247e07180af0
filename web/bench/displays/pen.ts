/** Paints a square onto an X display at known moments: what the eye is checked with. Speaks as little of the X protocol as that takes. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { now } from '../../e2e/harness/clock.ts';

export const SQUARE = { x: 8, y: 8, size: 16 } as const;

const REQUEST = { createContext: 55, changeContext: 56, fillRectangles: 70, getInputFocus: 43 } as const;
const FOREGROUND = 1 << 2;

/** The square was painted between these two moments. */
export interface Stroke {
  sent: number;
  done: number;
}

export class Pen {
  private constructor(
    private readonly socket: Socket,
    private readonly root: number,
    private readonly context: number,
  ) {}

  static async take(display: string): Promise<Pen> {
    const socket = connect(`/tmp/.X11-unix/X${display.slice(1)}`);
    await once(socket, 'connect');
    const greeting = Buffer.alloc(12);
    greeting.write('l');
    greeting.writeUInt16LE(11, 2);
    socket.write(greeting);
    const { context, root } = identifiersOf(await answer(socket));
    socket.write(request(REQUEST.createContext, [context, root, FOREGROUND, 0]));
    return new Pen(socket, root, context);
  }

  async paint(colour: number): Promise<Stroke> {
    const place = [SQUARE.x | (SQUARE.y << 16), SQUARE.size | (SQUARE.size << 16)];
    const strokes = [
      request(REQUEST.changeContext, [this.context, FOREGROUND, colour]),
      request(REQUEST.fillRectangles, [this.root, this.context, ...place]),
      // Requests are carried out in their order, so its answer says that the square is there.
      request(REQUEST.getInputFocus, []),
    ];
    const sent = now();
    this.socket.write(Buffer.concat(strokes));
    await answer(this.socket);
    return { sent, done: now() };
  }

  lay(): void {
    this.socket.destroy();
  }
}

function request(code: number, values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * values.length);
  bytes.writeUInt8(code, 0);
  bytes.writeUInt16LE(1 + values.length, 2);
  for (const [i, value] of values.entries()) bytes.writeUInt32LE(value, 4 + 4 * i);
  return bytes;
}

async function answer(socket: Socket): Promise<Buffer> {
  const [bytes] = (await once(socket, 'data', { signal: AbortSignal.timeout(10_000) })) as [Buffer];
  if (bytes[0] !== 1) throw new Error('the X server refused');
  return bytes;
}

/** A number for what we make, and the window that is the whole screen, out of the server's greeting. */
function identifiersOf(greeting: Buffer): { context: number; root: number } {
  const [vendorLength, formats] = [greeting.readUInt16LE(24), greeting.readUInt8(29)];
  const screens = 40 + Math.ceil(vendorLength / 4) * 4 + formats * 8;
  return { context: greeting.readUInt32LE(12), root: greeting.readUInt32LE(screens) };
}
