/** Measured figures beside their aims. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** In words, for people; empty when nothing is aimed at. */
  aim: string;
  ok: boolean;
  /** What belongs to the figure and is none, such as the range in which it came. */
  note?: string;
}

/** A figure that must not be larger than its limit, with three significant digits. */
export function atMost(limit: number, unit: string, what: string, measured: number): Figure {
  return { what, value: threeDigits(measured), unit, aim: `≤ ${limit} ${unit}`.trim(), ok: measured <= limit };
}

/** A figure that must not be smaller than its limit. */
export function atLeast(limit: number, unit: string, what: string, measured: number): Figure {
  return { what, value: threeDigits(measured), unit, aim: `≥ ${limit} ${unit}`.trim(), ok: measured >= limit };
}

/** A figure that stands beside the others to explain them. */
export function told(unit: string, what: string, measured: number): Figure {
  return { what, value: threeDigits(measured), unit, aim: '', ok: true };
}

/** The same figure with words behind it. */
export function noted(figure: Figure, note: string): Figure {
  return { ...figure, note };
}

export function tableOf(title: string, figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, unit, aim, ok, note }) => {
    const measured = `${value} ${unit} ${note === undefined ? '' : `(${note})`}`.trim().replace(/ +/g, ' ');
    const met = ok ? 'yes' : '**no**';
    return `| ${what} | ${measured} | ${aim} | ${aim === '' ? '' : met} |`;
  });
  return [title, '', '| what | measured | aim | met |', '|---|---|---|---|', ...rows, ''].join('\n');
}

const threeDigits = (value: number): number => Number(value.toPrecision(3));
