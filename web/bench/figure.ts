/** One measured figure beside its aim. */
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
  return { what, value: Number(measured.toPrecision(3)), unit, aim: `≤ ${limit} ${unit}`, ok: measured <= limit };
}
