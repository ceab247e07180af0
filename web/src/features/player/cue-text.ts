/** The text of a cue without its marks, in lines of pieces that look alike. */

export type CuePiece = { text: string; italic: boolean; bold: boolean; underline: boolean };
export type CueLine = CuePiece[];

type Look = Omit<CuePiece, 'text'>;

const PLAIN: Look = { italic: false, bold: false, underline: false };
const MARKS: Record<string, keyof Look> = { i: 'italic', b: 'bold', u: 'underline' };
const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
  quot: '"',
};

/** Marks for slanted, bold and underlined text count; voices, classes, languages and times within a cue leave their text. */
export function cueLines(payload: string): CueLine[] {
  let look = PLAIN;
  return payload.split('\n').map((line) => {
    const pieces: CueLine = [];
    for (const part of line.split(/(<[^>]*>)/u)) {
      const mark = /^<(\/?)([a-z]+)?[^>]*>$/u.exec(part);
      if (mark) look = marked(look, mark[2], mark[1] !== '/');
      else if (part !== '') pieces.push({ text: plain(part), ...look });
    }
    return pieces;
  });
}

function marked(look: Look, name: string | undefined, on: boolean): Look {
  const mark = MARKS[name ?? ''];
  return mark ? { ...look, [mark]: on } : look;
}

function plain(text: string): string {
  return text.replace(/&(\w+);/gu, (written, name: string) => ENTITIES[name] ?? written);
}
