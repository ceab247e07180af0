/** `make bench-displays`: whether pixels are lit when engine.ts says so, on a screen that is really looked at. */
import { loadavg } from 'node:os';
import { numberedFilm } from '../../e2e/films/films.ts';
import { tableOf } from '../figure.ts';
import { saveFigures } from '../save-figures.ts';
import { checkEye } from './check-eye.ts';
import { latenessOf } from './lateness.ts';
import { Screen } from './screen.ts';

/** Drawing takes longer on a busy machine, and so does looking. */
const sayLoad = (when: string) => process.stdout.write(`load of the machine ${when}: ${loadavg()[0]?.toFixed(2)}\n`);

const film = await numberedFilm();
const screen = await Screen.open();
sayLoad('before');
try {
  const figures = await checkEye(screen);
  for (const engine of ['chromium', 'firefox'] as const) figures.push(...(await latenessOf(engine, film, screen)));
  sayLoad('after');
  await saveFigures('bench-displays', figures);
  process.stdout.write(`\n${tableOf('make bench-displays', figures)}\n`);
} finally {
  await screen.close();
}
