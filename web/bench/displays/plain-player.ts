/** A film in a plain page on a screen: what the browser says of its frames, and what an eye on the screen sees of them. */
import type { Page } from 'playwright-core';
import { layout } from '../../e2e/films/barcode.ts';
import type { Film } from '../../e2e/films/make-film.ts';
import { clockOffset } from '../../e2e/harness/clock.ts';
import { frameOf } from '../../e2e/harness/frame-reader.ts';
import { until } from '../../e2e/harness/until.ts';
import { Eye } from './eye.ts';
import type { Box, Screen } from './screen.ts';

const PATIENCE_MS = 20_000;
/** Nothing else on a screen has this colour. */
const MARK = { css: 'rgb(1,254,3)', pixel: [3, 254, 1] } as const;
/** A frame whose moment is known to worse than this is not counted: something else had the processor when it was lit. */
export const SHARPNESS_MS = 4;
/** While a film starts and the players' queues fill, frames come as they can. */
const SETTLING_FRAMES = 25;

/** What a browser said, as the player of the web application hears it: without looking at the picture, which takes time. */
interface Announcement {
  mediaTime: number;
  announced: number;
}

declare global {
  interface Window {
    announcements?: Announcement[];
  }
}

/** One frame that was both announced and seen. */
export interface LitFrame {
  /** Its pixels were lit so much after the announced moment; negative: before. */
  lateMs: number;
  /** The eye's own doubt: the middle of a span this long was taken. */
  spanMs: number;
}

/** What was seen of one run of the film. */
export interface Run {
  frames: LitFrame[];
  /** Frames that were seen at a moment known too loosely, or were never announced. */
  leftOut: number;
}

export class PlainPlayer {
  private constructor(
    readonly page: Page,
    private readonly film: Film,
    private readonly look: () => number | null,
  ) {}

  static async open(page: Page, url: string, film: Film, screen: Screen): Promise<PlainPlayer> {
    await page.goto(url);
    const hasFilm = () => page.evaluate(() => (document.querySelector('video')?.readyState ?? 0) >= 3);
    await until('the film is in the page', PATIENCE_MS, hasFilm);
    const box = await placeOfFilm(page, screen);
    const player = new PlainPlayer(page, film, () => numberIn(screen, box));
    await until('the film is on the screen', PATIENCE_MS, () => player.look() !== null);
    return player;
  }

  /** Pauses the film, takes it to a place if one is given, and lets it go on by so many seconds. */
  async run(from: number | null, seconds: number): Promise<Run> {
    await listen(this.page);
    const eye = new Eye(this.look);
    const start = await this.page.evaluate(async (place) => {
      const video = document.querySelector('video') as HTMLVideoElement;
      video.pause();
      if (place !== null) {
        const arrived = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
        video.currentTime = place;
        await arrived;
      }
      await video.play();
      return video.currentTime;
    }, from);
    const position = () => this.page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
    await until('the film has gone on', PATIENCE_MS, async () => (await position()) >= start + seconds, 500);
    const sightings = (await eye.close()).slice(SETTLING_FRAMES);
    const announced = await this.#announced();
    const frames = sightings.flatMap(({ value, after, before }) => {
      const said = announced.get(value);
      return said === undefined ? [] : [{ lateMs: (after + before) / 2 - said, spanMs: before - after }];
    });
    const sharp = frames.filter(({ spanMs }) => spanMs <= SHARPNESS_MS);
    return { frames: sharp, leftOut: sightings.length - sharp.length };
  }

  /** When each frame was to be seen, on the eye's clock. */
  async #announced(): Promise<Map<number, number>> {
    const said = await this.page.evaluate(() => window.announcements?.splice(0) ?? []);
    const { offset } = await clockOffset(this.page);
    return new Map(
      said.map(({ mediaTime, announced }) => [Math.round(mediaTime * this.film.rate), announced + offset]),
    );
  }
}

async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const video = document.querySelector('video') as HTMLVideoElement;
    const announcements: Announcement[] = [];
    const hear = (_now: number, { mediaTime, expectedDisplayTime }: VideoFrameCallbackMetadata): void => {
      if (window.announcements !== announcements) return;
      video.requestVideoFrameCallback(hear);
      announcements.push({ mediaTime, announced: performance.timeOrigin + expectedDisplayTime });
    };
    window.announcements = announcements;
    video.requestVideoFrameCallback(hear);
  });
}

/** Finds the film on the screen, whatever the browser puts around its page, by covering it with a colour for a moment. */
async function placeOfFilm(page: Page, screen: Screen): Promise<Box> {
  const size = await page.evaluate((css) => {
    const video = document.querySelector('video') as HTMLVideoElement;
    const { x, y, width, height } = video.getBoundingClientRect();
    const mark = document.body.appendChild(document.createElement('div'));
    mark.id = 'mark';
    mark.style.cssText = `position:fixed;background:${css};left:${x}px;top:${y}px;width:${width}px;height:${height}px`;
    return { width, height };
  }, MARK.css);
  const box = await until('the page is on the screen', PATIENCE_MS, () => {
    const found = screen.find(MARK.pixel);
    // A window may be seen half drawn.
    return found?.width === size.width && found.height === size.height ? found : null;
  });
  await page.evaluate(() => document.querySelector('#mark')?.remove());
  return box;
}

/** The number of the frame whose barcode is lit now. */
function numberIn(screen: Screen, { x, y, width, height }: Box): number | null {
  const middles = Array.from({ length: layout.cells }, (_, i) => Math.round(x + ((i + 0.5) * width) / layout.cells));
  const rows = [0.25, 0.75].map((share) => Math.round(y + height * layout.height * share));
  return frameOf(rows.flatMap((row) => screen.grey(row, middles)));
}
