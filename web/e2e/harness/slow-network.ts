/** The network between one browser and the program: a proxy that holds everything back as a seeded trace says, films and socket alike. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { type Network, Path } from '../../bench/sync/network.ts';
import { randomFrom } from '../../src/test/random.ts';

/** Bytes on their way in one direction of one connection; more, and the sender is told to wait, as a full pipe does. */
const IN_FLIGHT_BYTES = 4 * 1024 * 1024;
/** What timers are exact to. */
const TIMER_MS = 1;

export class SlowNetwork {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #frozenUntil = 0;

  private constructor(
    server: Server,
    /** Where the program is found behind this network. */
    readonly url: string,
  ) {
    this.#server = server;
  }

  /** Opens the way to the program at `target`. The same seed gives each connection the same fate, in the order they come. */
  static async open(target: string, network: Network, seed: number): Promise<SlowNetwork> {
    const random = randomFrom(seed);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the system gave no port');
    const slow = new SlowNetwork(server, `http://localhost:${address.port}`);
    const port = Number(new URL(target).port);
    server.on('connection', (browser) => {
      const program = connect(port, '127.0.0.1');
      slow.#carry(browser, program, new Path(network, randomFrom(random() * 2 ** 32)));
      slow.#carry(program, browser, new Path(network, randomFrom(random() * 2 ** 32)));
    });
    return slow;
  }

  /** Nothing passes for so long; what was sent meanwhile comes afterwards. */
  freeze(ms: number): void {
    this.#frozenUntil = performance.now() + ms;
  }

  /** Every connection breaks at once; new ones are let through. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.#server.close();
    this.cut();
    await once(this.#server, 'close');
  }

  #carry(from: Socket, to: Socket, path: Path): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    const line = new DelayLine((sentAt) => path.arrival(Math.max(sentAt, this.#frozenUntil)));
    let inFlight = 0;
    from.on('data', (bytes) => {
      inFlight += bytes.length;
      if (inFlight > IN_FLIGHT_BYTES) from.pause();
      line.send(() => {
        inFlight -= bytes.length;
        if (inFlight < IN_FLIGHT_BYTES / 2) from.resume();
        if (!to.destroyed) to.write(bytes);
      });
    });
    from.on('end', () => line.send(() => to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      line.send(() => to.destroy());
    });
  }
}

/** Carries things in order, each after its delay. One timer at a time: timers of their own could overtake each other. */
class DelayLine {
  readonly #waiting: { at: number; deliver: () => void }[] = [];
  readonly #arrival: (sentAt: number) => number;

  constructor(arrival: (sentAt: number) => number) {
    this.#arrival = arrival;
  }

  send(deliver: () => void): void {
    const idle = this.#waiting.length === 0;
    this.#waiting.push({ at: this.#arrival(performance.now()), deliver });
    if (idle) this.#wait();
  }

  #wait(): void {
    const next = this.#waiting[0];
    if (next) setTimeout(() => this.#deliver(), Math.max(0, next.at - performance.now()));
  }

  #deliver(): void {
    const now = performance.now() + TIMER_MS / 2;
    while (this.#waiting[0] && this.#waiting[0].at <= now) this.#waiting.shift()?.deliver();
    this.#wait();
  }
}
