/** Home, lobby and room for everybody: on a phone, in both themes, by assistive technology. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems } from '../harness/accessibility.ts';
import { openBrowsers } from '../harness/browsers.ts';
import { type Program, startProgram } from '../harness/program.ts';
import { Viewer } from '../harness/viewer.ts';

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;

const browsers = openBrowsers();
let program: Program;
let host: Viewer;
let link: string;

beforeAll(async () => {
  program = await startProgram();
  host = await Viewer.open(browsers, 'chromium', 'Ada');
  link = await host.startRoom(program.url);
});
afterAll(async () => {
  await browsers.close();
  await program.dispose();
});

describe.each(['dark', 'light'] as const)('in %s colours', (colorScheme) => {
  const open = (name: string) => Viewer.open(browsers, 'chromium', name, { colorScheme, reducedMotion: 'reduce' });

  // WEB-4
  test('home, lobby and room have no known barrier', async () => {
    const viewer = await open('Dora');
    await viewer.page.goto(program.url);
    await viewer.button('Start a room').waitFor();
    expect(await accessibilityProblems(viewer.page)).toEqual([]);
    await viewer.page.goto(link);
    await viewer.button('Enter room').waitFor();
    expect(await accessibilityProblems(viewer.page)).toEqual([]);
    await viewer.join(link);
    expect(await accessibilityProblems(viewer.page)).toEqual([]);
    await viewer.close();
  });
});

// WEB-1
test('on a phone everything is within reach, and nothing is wider than the screen', async () => {
  const viewer = await Viewer.open(browsers, 'chromium', 'Eve', phone);
  await viewer.page.goto(program.url);
  await viewer.button('Start a room').waitFor();
  await nothingStandsOut(viewer);
  await viewer.join(link);
  await nothingStandsOut(viewer);
  await viewer.say('from the tram');
  await host.reads('from the tram');
  await viewer.button('Leave room').click();
  await viewer.button('Start a room').waitFor();
  await viewer.close();
});

// WEB-1
test('on a phone on its side the film is free until people and chat are called, which leave it two thirds', async () => {
  const viewer = await Viewer.open(browsers, 'chromium', 'Fay', phone);
  await viewer.join(link);
  await viewer.region('Chat').waitFor();
  const sideways = { width: phone.viewport.height, height: phone.viewport.width };
  await viewer.page.setViewportSize(sideways);
  await viewer.region('Chat').waitFor({ state: 'hidden' });
  await viewer.button('Show people and chat').tap();
  await viewer.region('Chat').waitFor();
  const side = await viewer.page.getByRole('complementary').boundingBox();
  expect(side?.width).toBeLessThan(sideways.width / 3 + 1);
  await viewer.close();
});

async function nothingStandsOut({ page }: Viewer): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(phone.viewport.width);
}
