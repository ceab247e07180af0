/** A person in a real browser who uploads a film in his room and waits for its picture. */
import { openBrowsers } from '../../e2e/harness/browsers.ts';
import type { Program } from '../../e2e/harness/program.ts';
import { until } from '../../e2e/harness/until.ts';
import { Viewer } from '../../e2e/harness/viewer.ts';
import type { Film } from './films.ts';

/** Moments of the page's own clock. */
interface FilmMoments {
  /** The last byte of the last upload request was handed over. */
  lastByte: number | null;
  /** A frame of the film was handed to the screen. */
  firstFrame: number | null;
}

declare global {
  interface Window {
    filmMoments?: FilmMoments;
  }
}

/** Seconds from the film's last byte to its first frame; below zero when the frame came first. */
export async function firstFrame(program: Program, film: Film): Promise<number> {
  const browsers = openBrowsers();
  try {
    const viewer = await Viewer.open(browsers, 'chromium', 'Ada');
    await viewer.page.addInitScript(noteMoments);
    await viewer.startRoom(program.url);
    await viewer.upload(film.path);
    const { lastByte, firstFrame: frame } = await until(
      'the first frame is seen',
      180_000 + film.bytes / 1_000,
      async () => {
        const moments = await viewer.page.evaluate(() => window.filmMoments);
        return moments?.lastByte != null && moments.firstFrame != null ? moments : null;
      },
    );
    return ((frame ?? Number.NaN) - (lastByte ?? Number.NaN)) / 1000;
  } finally {
    await browsers.close();
  }
}

/** Runs in the page, before everything else in it. */
function noteMoments(): void {
  const moments: FilmMoments = { lastByte: null, firstFrame: null };
  window.filmMoments = moments;
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (body) {
    this.upload.addEventListener('load', () => {
      moments.lastByte = performance.now();
    });
    send.call(this, body ?? null);
  };
  // Media events do not bubble, but they can be caught on their way down.
  document.addEventListener(
    'loadedmetadata',
    ({ target }) => {
      (target as HTMLVideoElement).requestVideoFrameCallback((now) => {
        moments.firstFrame ??= now;
      });
    },
    true,
  );
}
