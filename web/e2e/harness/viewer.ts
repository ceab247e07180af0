/** A person at a browser. What he does is said in the names that people and screen readers see. */
import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Browsers, Engine } from './browsers.ts';
import { frameNow, recordFrames } from './frame-reader.ts';
import { until } from './until.ts';

/** How the player stands. */
export interface PlayerState {
  paused: boolean;
  seconds: number;
  rate: number;
}

/** Long enough for a page of two browsers, a server and FFmpeg on two cores. */
const PATIENCE_MS = 20_000;

export class Viewer {
  private constructor(
    readonly name: string,
    readonly page: Page,
    private readonly context: BrowserContext,
  ) {}

  /** Opens a window of its own. */
  static async open(
    browsers: Browsers,
    engine: Engine,
    name: string,
    options?: BrowserContextOptions,
  ): Promise<Viewer> {
    const context = await browsers.context(engine, options);
    context.setDefaultTimeout(PATIENCE_MS);
    return new Viewer(name, await context.newPage(), context);
  }

  /** From the home page into a room of his own; the room's link. */
  async startRoom(home: string): Promise<string> {
    await this.page.goto(home);
    await this.type('Nickname', this.name);
    await this.button('Start a room').click();
    await this.entered();
    return this.page.url();
  }

  /** Into somebody's room. */
  async join(link: string): Promise<void> {
    await this.page.goto(link);
    await this.type('Nickname', this.name);
    await this.button('Enter room').click();
    await this.entered();
  }

  /** Waits until the room is there, after entering or coming back. */
  async entered(): Promise<void> {
    await this.page.waitForURL(/\/r\/\w+$/);
    await this.button('Leave room').waitFor();
  }

  /** Loads the page anew and waits until it is back in the room by itself. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.entered();
  }

  /** Hands a film over, as the button `Upload a film` does. */
  async upload(file: string): Promise<void> {
    await this.page.getByLabel('Film file').setInputFiles(file);
  }

  /** Waits until the film is in the player, and records its frames from there on. */
  async watch(): Promise<void> {
    await until(`${this.name} sees a picture`, 2 * PATIENCE_MS, () =>
      this.page.evaluate(
        () => (document.querySelector('video')?.readyState ?? 0) >= HTMLMediaElement.HAVE_CURRENT_DATA,
      ),
    );
    await recordFrames(this.page);
  }

  /** Waits until his films have all their qualities: nothing is encoded any more, which would take the cores from the browsers. */
  async filmsAreReady(): Promise<void> {
    await until(`the films of ${this.name} are ready`, 200_000, () =>
      this.page.evaluate(async () => {
        const rooms = JSON.parse(localStorage.getItem('syncwatch.rooms') ?? '{}');
        const token: string = rooms[location.pathname.slice('/r/'.length)].guestToken;
        const answer = await fetch('/api/v1/videos', { headers: { authorization: `Bearer ${token}` } });
        const { items } = (await answer.json()) as { items: { status: string }[] };
        return items.length > 0 && items.every(({ status }) => status === 'ready');
      }),
    );
  }

  async play(): Promise<void> {
    await this.button('Play').click();
  }

  async pause(): Promise<void> {
    await this.button('Pause').click();
  }

  /** Drags the film to a place by the keyboard, which needs no knowledge of how the slider is drawn. */
  async seekByKey(key: 'Home' | 'ArrowLeft' | 'ArrowRight', times = 1): Promise<void> {
    const slider = this.page.getByRole('slider', { name: 'Seek', exact: true });
    for (let i = 0; i < times; i++) await slider.press(key);
  }

  /** Chooses a speed for everybody, such as `1.5×`. */
  async speed(label: string): Promise<void> {
    await this.page.mouse.move(300, 300);
    await this.page.getByRole('button', { name: /speed/i }).click();
    await this.page.getByRole('menuitemradio', { name: label, exact: true }).click();
  }

  async say(text: string): Promise<void> {
    await this.type('Message', text);
    await this.button('Send').click();
  }

  /** Waits until a line stands in the chat. */
  async reads(text: string): Promise<void> {
    await this.region('Chat').getByText(text, { exact: true }).first().waitFor();
  }

  /** Waits until the people of the room are these. */
  async sees(...names: string[]): Promise<void> {
    for (const name of names) await this.region('People').getByText(name, { exact: true }).first().waitFor();
  }

  /** Key by key: over WebDriver BiDi, filling a field at once reaches the element and not the page's code. */
  private async type(name: string, text: string): Promise<void> {
    const field = this.textbox(name);
    await field.press('ControlOrMeta+a');
    await field.pressSequentially(text);
    await until(`${name} holds what ${this.name} typed`, PATIENCE_MS, async () => (await field.inputValue()) === text);
  }

  player(): Promise<PlayerState> {
    return this.page.evaluate(() => {
      const videos = document.querySelectorAll('video');
      const [video] = videos;
      if (videos.length !== 1 || !video) throw new Error(`a room has one video, this page has ${videos.length}`);
      return { paused: video.paused, seconds: video.currentTime, rate: video.playbackRate };
    });
  }

  /** Waits until the player stands as asked. */
  async playerIs(what: string, holds: (player: PlayerState) => boolean, limitMs = PATIENCE_MS): Promise<PlayerState> {
    let last: PlayerState | undefined;
    try {
      return await until(`${this.name}'s player ${what}`, limitMs, async () => {
        last = await this.player();
        return holds(last) && last;
      });
    } catch (error) {
      throw new Error(`${(error as Error).message}; it stands at ${JSON.stringify(last)}`);
    }
  }

  frameNow(): Promise<number | null> {
    return frameNow(this.page);
  }

  region(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  textbox(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true });
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
