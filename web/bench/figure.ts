/** Measured figures beside their aims. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** In words, for people. */
  aim: string;
  ok: boolean;
}

/** A figure that must not be larger than its limit, with three significant digits. */
export function atMost(limit: number, unit: string, what: string, measured: number): Figure {
  return { what, value: threeDigits(measured), unit, aim: `≤ ${limit} ${unit}`.trim(), ok: measured <= limit };
}

/** A figure that must not be smaller than its limit. */
export function atLeast(limit: number, unit: string, what: string, measured: number): Figure {
  return { what, value: threeDigits(measured), unit, aim: `≥ ${limit} ${unit}`.trim(), ok: measured >= limit };
}

export function tableOf(title: string, figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ what, value, unit, aim, ok }) =>
      `| ${what} | ${`${value} ${unit}`.trim()} | ${aim} | ${ok ? 'yes' : '**no**'} |`,
  );
  return [title, '', '| what | measured | aim | met |', '|---|---|---|---|', ...rows, ''].join('\n');
}

const threeDigits = (value: number): number => Number(value.toPrecision(3));
