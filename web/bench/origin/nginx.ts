/** An nginx that serves a folder and does nothing else. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from '../../e2e/harness/until.ts';

export interface Nginx {
  readonly port: number;
  readonly pid: number;
  dispose(): Promise<void>;
}

/**
 * Starts it with one worker, which is enough for two processors. `NGINX_PROGRAM` names another one than is installed; a
 * variable `NGINX` would be taken by nginx for sockets that it inherits.
 */
export async function startNginx(root: string, sendfile: 'on' | 'off'): Promise<Nginx> {
  const folder = await mkdtemp(path.join(tmpdir(), 'syncwatch-nginx-'));
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await Promise.all(temporary.map((name) => mkdir(path.join(folder, name))));
  const config = [
    'user root;',
    'daemon off;',
    'worker_processes 1;',
    `pid ${folder}/pid;`,
    `error_log ${folder}/error.log;`,
    'events { worker_connections 1024; }',
    'http {',
    ...temporary.map((name) => `  ${name}_temp_path ${folder}/${name};`),
    '  access_log off;',
    `  sendfile ${sendfile};`,
    '  tcp_nopush on;',
    '  open_file_cache max=1000;',
    '  keepalive_requests 1000000;',
    '  types { application/vnd.apple.mpegurl m3u8; video/iso.segment m4s; video/mp4 mp4; }',
    `  server { listen 127.0.0.1:${port}; root ${root}; }`,
    '}',
  ];
  const configFile = path.join(folder, 'nginx.conf');
  await writeFile(configFile, config.join('\n'));
  const child = spawn(process.env.NGINX_PROGRAM ?? 'nginx', ['-p', folder, '-c', configFile], { stdio: 'inherit' });
  const pid = child.pid;
  if (pid === undefined) throw new Error('nginx does not start; `scripts/setup.sh nginx` installs it');
  await until('nginx listens', 10_000, () => isOpen(port));
  return { port, pid, dispose: () => end(child, folder) };
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.unref().on('connect', () => socket.destroy());
  });
}
