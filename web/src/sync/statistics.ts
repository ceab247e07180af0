/** The little statistics that the clock filter and the picture estimator need. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** The value that this share of them does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Half of the values lie within this distance of their median. Unlike a standard deviation it ignores single spikes. */
export function medianDeviation(values: readonly number[]): number {
  const centre = median(values);
  return median(values.map((value) => Math.abs(value - centre)));
}

export type WeightedPoint = { x: number; y: number; weight: number };
export type Line = { intercept: number; slope: number };

export function weightedMean(points: readonly WeightedPoint[]): number {
  let weights = 0;
  let sum = 0;
  for (const { y, weight } of points) {
    weights += weight;
    sum += weight * y;
  }
  return weights > 0 ? sum / weights : 0;
}

/**
 * The line through weighted points, with the slope drawn towards zero by `slopeDeviation`: how far from zero a slope may
 * reasonably be. With little evidence the slope stays small, which matters because the line is used at its end.
 */
export function weightedLine(points: readonly WeightedPoint[], slopeDeviation: number): Line {
  const weights = points.reduce((sum, point) => sum + point.weight, 0);
  const meanX = weightedMean(points.map(({ x, weight }) => ({ x, y: x, weight })));
  const meanY = weightedMean(points);
  let covariance = 0;
  let variance = 0;
  for (const { x, y, weight } of points) {
    covariance += weight * (x - meanX) * (y - meanY);
    variance += weight * (x - meanX) ** 2;
  }
  const free = variance > 0 ? covariance / variance : 0;
  const noise = points.reduce((sum, { x, y, weight }) => sum + weight * (y - meanY - free * (x - meanX)) ** 2, 0);
  const ridge = noise / Math.max(weights, 1e-9) / slopeDeviation ** 2;
  const slope = variance > 0 ? covariance / (variance + ridge) : 0;
  return { slope, intercept: meanY - slope * meanX };
}

/** The mean of the middle half: as good as a mean where values lie evenly, and as deaf to spikes as a median. */
export function middleMean(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const aside = Math.floor(sorted.length / 4);
  const middle = sorted.slice(aside, sorted.length - aside);
  return middle.reduce((sum, value) => sum + value, 0) / Math.max(1, middle.length);
}

/** What a middle of so many values may be off by, by chance. */
export function standardError(values: readonly number[]): number {
  const NORMAL = 1.4826; // a standard deviation in median deviations, for what is spread normally
  return (NORMAL * medianDeviation(values)) / Math.sqrt(Math.max(1, values.length));
}
