/** Viewers without a player: they ask for files over connections that stay open, and throw away what comes. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What all viewers ask for, in turn. */
export interface Wish {
  /** The path on the server. */
  readonly path: string;
  /** Header lines beside the usual ones, such as a range. */
  readonly headers?: readonly string[];
}

/** What came. */
export interface Load {
  readonly bytes: number;
  readonly requests: number;
  readonly seconds: number;
}

const CONNECTIONS = 8;

/** Lets eight connections ask until so many requests were answered, each in full. */
export async function load(port: number, wishes: readonly Wish[], requests: number): Promise<Load> {
  const began = performance.now();
  let next = 0;
  const turn = (): Wish | undefined => (next < requests ? wishes[next++ % wishes.length] : undefined);
  const viewers = await Promise.all(Array.from({ length: CONNECTIONS }, () => watch(port, turn)));
  const seconds = (performance.now() - began) / 1000;
  return { bytes: viewers.reduce((sum, bytes) => sum + bytes, 0), requests, seconds };
}

async function watch(port: number, turn: () => Wish | undefined): Promise<number> {
  const reader = new AnswerReader();
  // One buffer for whatever comes, so that most of what is measured is not this program.
  const onread = {
    buffer: Buffer.alloc(2 ** 18),
    callback: (size: number, buffer: Uint8Array): boolean => reader.take(buffer.subarray(0, size)),
  };
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
  await once(socket, 'connect');
  let bytes = 0;
  for (let wish = turn(); wish !== undefined; wish = turn()) bytes += await ask(socket, reader, wish);
  socket.destroy();
  return bytes;
}

async function ask(socket: Socket, reader: AnswerReader, wish: Wish): Promise<number> {
  const answered = reader.next();
  const lines = [`GET ${wish.path} HTTP/1.1`, 'Host: localhost', ...(wish.headers ?? []), '', ''];
  socket.write(lines.join('\r\n'));
  return answered;
}

/** Reads one answer after the other: a head with a length, and a body of that length. */
class AnswerReader {
  #head = '';
  #left: number | null = null;
  #bytes = 0;
  #answered: (bytes: number) => void = () => {};
  #failed: (error: Error) => void = () => {};

  /** The bytes of the next body, when it is there. */
  next(): Promise<number> {
    this.#head = '';
    this.#left = null;
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
    });
  }

  take(bytes: Uint8Array): boolean {
    if (this.#left === null) {
      const text = this.#head + Buffer.from(bytes).toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#head = text;
        return true;
      }
      const body = text.length - end - 4;
      if (!/^HTTP\/1\.1 20[06] /.test(text)) this.#failed(new Error(`the answer was ${text.slice(0, end)}`));
      this.#bytes = Number(/^content-length: (\d+)/im.exec(text.slice(0, end))?.[1] ?? Number.NaN);
      this.#left = this.#bytes - body;
    } else {
      this.#left -= bytes.length;
    }
    if (this.#left === 0) this.#answered(this.#bytes);
    return true;
  }
}
