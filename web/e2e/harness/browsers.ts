/** Starts the two browsers of the tests: those of the system, driven by playwright-core. */
import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  firefox,
  type LaunchOptions,
} from 'playwright-core';

/** The engines that watch together. */
export type Engine = 'chromium' | 'firefox';

/** Opens a window of its own for each person, so that nobody shares cookies or storage. */
export interface Browsers {
  context(engine: Engine, options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** Without windows; or on a display, where somebody looks at them. */
export function openBrowsers(display?: string): Browsers {
  const running = new Map<Engine, Promise<Browser>>();
  const browser = (engine: Engine): Promise<Browser> => {
    const started = running.get(engine) ?? launch[engine](windowsOn(display));
    running.set(engine, started);
    return started;
  };
  return {
    async context(engine, options) {
      return (await browser(engine)).newContext({ locale: 'en-US', ...options });
    },
    async close() {
      await Promise.all([...running.values()].map(async (started) => (await started).close()));
    },
  };
}

const launch: Record<Engine, (windows: LaunchOptions) => Promise<Browser>> = {
  chromium: (windows) =>
    chromium.launch({
      ...windows,
      executablePath: installed('SYNCWATCH_CHROMIUM', ['/usr/bin/chromium', '/usr/bin/google-chrome']),
      args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--mute-audio'],
    }),
  // The channel that speaks WebDriver BiDi: an unpatched Firefox understands nothing else.
  firefox: (windows) =>
    firefox.launch({
      ...windows,
      channel: 'moz-firefox',
      executablePath: installed('SYNCWATCH_FIREFOX', ['/usr/bin/firefox-esr', '/usr/bin/firefox']),
      firefoxUserPrefs: { 'media.autoplay.default': 0, 'media.volume_scale': '0.0' },
    }),
};

function windowsOn(display: string | undefined): LaunchOptions {
  // Both browsers would rather have Wayland, if they are told of it.
  const { WAYLAND_DISPLAY, ...environment } = process.env;
  return display === undefined ? {} : { headless: false, env: { ...environment, DISPLAY: display } };
}

function installed(variable: string, places: string[]): string {
  const chosen = process.env[variable] ?? places.find((place) => existsSync(place));
  if (!chosen) throw new Error(`no browser at ${places.join(' or ')}: run make setup, or set ${variable}`);
  return chosen;
}
