/** `make pictures`: the pictures of docs/images, of the real program with people in it. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { quietFilm } from './films/films.ts';
import { openBrowsers } from './harness/browsers.ts';
import { startProgram } from './harness/program.ts';
import { Viewer } from './harness/viewer.ts';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const desktop = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark', reducedMotion: 'reduce' } as const;
const phone = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  colorScheme: 'dark',
  reducedMotion: 'reduce',
} as const;

await mkdir(folder, { recursive: true });
const program = await startProgram();
const browsers = openBrowsers();
try {
  const ada = await Viewer.open(browsers, 'chromium', 'Ada', desktop);
  const ben = await Viewer.open(browsers, 'firefox', 'Ben');
  const cleo = await Viewer.open(browsers, 'chromium', 'Cleo', phone);
  await ada.page.goto(program.url);
  await ada.button('Start a room').waitFor();
  await picture(ada, 'home');

  const link = await ada.startRoom(program.url);
  await ben.join(link);
  await cleo.join(link);
  await ada.upload((await quietFilm()).path);
  for (const viewer of [ada, ben, cleo]) await viewer.watch();
  await ada.filmsAreReady();
  await ada.say('Everybody comfortable?');
  await ben.say('Popcorn is ready. Press play!');
  await cleo.say('Watching from the train, no spoilers');
  await ben.reads('Watching from the train, no spoilers');
  await ada.play();
  for (const viewer of [ada, ben, cleo]) await viewer.playerIs('is in step', ({ seconds }) => seconds > 12);
  await ada.page.mouse.move(500, 500);
  await picture(ada, 'room');
  await picture(cleo, 'room-phone');
} finally {
  await browsers.close();
  await program.dispose();
}

async function picture({ page }: Viewer, name: string): Promise<void> {
  await page.screenshot({ path: `${folder}${name}.jpg`, type: 'jpeg', quality: 88 });
}
