/** Three people watch one film from real browsers, each behind a slow network of his own. */
import { smallFilm } from '../../e2e/films/films.ts';
import { type Browsers, type Engine, openBrowsers } from '../../e2e/harness/browsers.ts';
import { recordFrames, type SeenFrame } from '../../e2e/harness/frame-reader.ts';
import { type Program, startProgram } from '../../e2e/harness/program.ts';
import { SlowNetwork } from '../../e2e/harness/slow-network.ts';
import { framesOnOneClock } from '../../e2e/harness/together.ts';
import { Viewer } from '../../e2e/harness/viewer.ts';
import type { Network } from '../sync/network.ts';
import { watchPlayer } from './watched-player.ts';

export const FRAMES_PER_SECOND = 25;
const ENGINES: readonly [name: string, engine: Engine][] = [
  ['Ada', 'chromium'],
  ['Ben', 'firefox'],
  ['Cleo', 'chromium'],
];

/** One of the three, with his network. */
export interface Seat {
  viewer: Viewer;
  network: SlowNetwork;
}

export class Evening {
  private constructor(
    private readonly program: Program,
    private readonly browsers: Browsers,
    readonly seats: readonly [Seat, Seat, Seat],
  ) {}

  /** Everybody is in the room, and the film stands ready at its beginning. */
  static async begin(network: Network): Promise<Evening> {
    const [program, browsers] = [await startProgram(), openBrowsers()];
    const seats: Seat[] = [];
    for (const [index, [name, engine]] of ENGINES.entries()) {
      const slow = await SlowNetwork.open(program.url, network, index + 1);
      const viewer = await Viewer.open(browsers, engine, name);
      await watchPlayer(viewer.page);
      seats.push({ viewer, network: slow });
    }
    const evening = new Evening(program, browsers, seats as unknown as [Seat, Seat, Seat]);
    await evening.#enter();
    return evening;
  }

  async end(): Promise<void> {
    await this.browsers.close();
    await Promise.all(this.seats.map(({ network }) => network.close()));
    await this.program.dispose();
  }

  get viewers(): readonly Viewer[] {
    return this.seats.map(({ viewer }) => viewer);
  }

  /** What each saw while the film of the first went on by so many seconds, on one clock. */
  async watch(seconds: number): Promise<SeenFrame[][]> {
    const [first] = this.seats;
    await Promise.all(this.viewers.map(({ page }) => recordFrames(page)));
    const { seconds: start } = await first.viewer.player();
    const passed = (player: { seconds: number }) => player.seconds >= start + seconds;
    await first.viewer.playerIs(`has played ${seconds} s`, passed, 3_000 * seconds + 10_000);
    return this.frames();
  }

  /** What each saw since it was last asked for. */
  async frames(): Promise<SeenFrame[][]> {
    const frames: SeenFrame[][] = [];
    for (const viewer of this.viewers) frames.push(await framesOnOneClock(viewer));
    return frames;
  }

  async everybody(what: string, holds: (player: { paused: boolean; seconds: number }) => boolean): Promise<void> {
    await Promise.all(this.viewers.map((viewer) => viewer.playerIs(what, holds, 30_000)));
  }

  async #enter(): Promise<void> {
    const [ada, ...others] = this.seats;
    const film = await smallFilm();
    const link = new URL(await ada.viewer.startRoom(ada.network.url)).pathname;
    await ada.viewer.upload(film.path);
    for (const { viewer, network } of others) await viewer.join(network.url + link);
    await Promise.all(this.viewers.map((viewer) => viewer.watch()));
    await ada.viewer.filmsAreReady();
  }
}
