/** FFmpeg's own programs, run here and not by the program that is measured. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs it to its end at the lowest priority, as the measured program does; what it printed. */
export async function ffmpeg(args: readonly string[], cwd?: string): Promise<string> {
  return run('nice', ['-n', '19', 'ffmpeg', '-v', 'error', '-nostdin', '-y', ...args], cwd);
}

export async function ffprobe(args: readonly string[]): Promise<string> {
  return run('ffprobe', ['-v', 'error', ...args]);
}

async function run(program: string, args: readonly string[], cwd?: string): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...(cwd === undefined ? {} : { cwd }) });
  let [printed, complaints] = ['', ''];
  child.stdout.on('data', (text) => {
    printed += text;
  });
  child.stderr.on('data', (text) => {
    complaints += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${complaints}`);
  return printed;
}
