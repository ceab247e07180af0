/** WebVTT as far as films need it: when a cue is there, where, and its text. Subtitles and seek-bar pictures are written so. */

export type VttCue = {
  startMs: number;
  endMs: number;
  /** As it is written, marks included. */
  text: string;
  /** At the upper edge, where the lower one is taken by what the film itself shows. */
  top: boolean;
};

const TIMES = /^\s*((?:\d+:)?\d{2}:\d{2}[.,]\d{3})\s+-->\s+((?:\d+:)?\d{2}:\d{2}[.,]\d{3})(.*)$/u;

/** All cues by their beginning. What is no cue is passed over: half a file of subtitles is better than none. */
export function parseVtt(file: string): VttCue[] {
  const blocks = file.replace(/^\uFEFF/u, '').split(/\r?\n|\r/u);
  const cues: VttCue[] = [];
  for (let line = 0; line < blocks.length; line += 1) {
    const times = TIMES.exec(blocks[line] ?? '');
    if (!times) continue;
    const text: string[] = [];
    while (blocks[line + 1]?.trim()) text.push(blocks[++line] ?? '');
    const [, start = '', end = '', settings = ''] = times;
    const cue = { startMs: milliseconds(start), endMs: milliseconds(end), text: text.join('\n'), top: isTop(settings) };
    if (cue.endMs > cue.startMs && cue.text !== '') cues.push(cue);
  }
  return cues.sort((a, b) => a.startMs - b.startMs);
}

/** Those that are there at a moment, the first to come first. */
export function cuesAt(cues: readonly VttCue[], positionMs: number): VttCue[] {
  const active: VttCue[] = [];
  for (const cue of cues) {
    if (cue.startMs > positionMs) break;
    if (positionMs < cue.endMs) active.push(cue);
  }
  return active;
}

function milliseconds(time: string): number {
  const [seconds = 0, minutes = 0, hours = 0] = time.replace(',', '.').split(':').reverse().map(Number);
  return Math.round((hours * 3600 + minutes * 60 + seconds) * 1000);
}

/** A share of the height or a number of lines, counted from above. */
function isTop(settings: string): boolean {
  const [, amount, percent] = /\bline:(\d+(?:\.\d+)?)(%?)/u.exec(settings) ?? [];
  return amount !== undefined && Number(amount) < (percent ? 50 : 8);
}
