/** The real program, started as a user starts it, killed as a power cut kills it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

/** A `syncwatch` with a port and a data folder of its own, which stay the same over restarts. */
export interface Program {
  /** Where its pages are. */
  readonly url: string;
  /** Where it keeps everything. */
  readonly dataFolder: string;
  /** Its process id while it runs. */
  readonly pid: number;
  /** What it wrote since the first start. */
  readonly output: string;
  /** Milliseconds from the last start to the first answer that it is ready. */
  readonly readyAfterMs: number;
  /** Ends it without a warning. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Asks it to end; the exit code. */
  stop(): Promise<number | null>;
  /** Ends it if it still runs, and removes its data. */
  dispose(): Promise<void>;
}

/** Starts the program that was built; `SYNCWATCH_BINARY` names another one. */
export async function startProgram(extraArguments: string[] = []): Promise<Program> {
  const port = await freePort();
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'syncwatch-e2e-'));
  const program = new RunningProgram(port, dataFolder, extraArguments);
  try {
    await program.start();
  } catch (error) {
    await program.dispose();
    throw error;
  }
  return program;
}

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 40_000;

class RunningProgram implements Program {
  readonly url: string;
  output = '';
  readyAfterMs = Number.NaN;
  #child: ChildProcess | null = null;

  constructor(
    private readonly port: number,
    readonly dataFolder: string,
    private readonly extraArguments: string[],
  ) {
    this.url = `http://localhost:${port}`;
  }

  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error('the program does not run');
    return pid;
  }

  async start(): Promise<void> {
    const started = performance.now();
    const child = spawn(
      binary(),
      ['--listen', `127.0.0.1:${this.port}`, '--data', this.dataFolder, ...this.extraArguments],
      { stdio: ['ignore', 'pipe', 'pipe'], env: withoutOwnVariables(process.env) },
    );
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        this.output += text;
      });
    }
    await until(`the program is ready at ${this.url}`, START_LIMIT_MS, () => this.#isReady(child), 5);
    this.readyAfterMs = performance.now() - started;
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async dispose(): Promise<void> {
    if (this.#child?.exitCode === null && this.#child.signalCode === null) await this.kill();
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  async #isReady(child: ChildProcess): Promise<boolean> {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}:\n${this.output}`);
    // An address in numbers: looking up `localhost` is not the program's time.
    const answer = await fetch(`http://127.0.0.1:${this.port}/health/ready`).catch(() => null);
    return answer?.ok ?? false;
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const closed = once(child, 'close', { signal: AbortSignal.timeout(STOP_LIMIT_MS) });
    child.kill(signal);
    await closed;
    return child.exitCode;
  }
}

/** The harness's own variables are not settings of the program, which refuses what it does not know. */
function withoutOwnVariables({ SYNCWATCH_BINARY, SYNCWATCH_CHROMIUM, SYNCWATCH_FIREFOX, ...rest }: NodeJS.ProcessEnv) {
  return rest;
}

function binary(): string {
  const chosen = process.env.SYNCWATCH_BINARY;
  if (chosen) return chosen;
  const target = fileURLToPath(new URL('../../../target/', import.meta.url));
  const built = ['release/syncwatch', 'debug/syncwatch'].map((file) => target + file).find(existsSync);
  if (!built) throw new Error(`no syncwatch under ${target}: run make build`);
  return built;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}
