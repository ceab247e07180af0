/** A plain page with a film and nothing around it, for measuring what measures. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Film } from '../films/make-film.ts';

export interface FilmPage {
  readonly url: string;
  close(): void;
}

export async function openFilmPage(film: Film, width = 640): Promise<FilmPage> {
  const { size } = await stat(film.path);
  const page = `<!doctype html><body style="margin:0"><video src="/film.mp4" muted width="${width}"></video>`;
  const server = createServer((request, response) => {
    if (request.url === '/') {
      response.setHeader('Content-Type', 'text/html').end(page);
      return;
    }
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(206, {
      'Content-Type': 'video/mp4',
      'Content-Length': size - start,
      'Content-Range': `bytes ${start}-${size - 1}/${size}`,
    });
    createReadStream(film.path, { start }).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => server.close(),
  };
}
