/** Figures that were taken several times. */
import { type Figure, noted } from '../figure.ts';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The figure of the median, with the range behind it. */
export function ofRounds(values: readonly number[], figure: (median: number) => Figure): Figure {
  const range = [Math.min(...values), Math.max(...values)].map((value) => value.toPrecision(3));
  return values.length > 1 ? noted(figure(median(values)), range.join('–')) : figure(median(values));
}
