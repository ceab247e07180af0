/** Compares encoders that never hit the same bitrate. */

/** How like its source an encoded film is, and what its picture costs. */
export interface Quality {
  ssim: number;
  /** Of the picture alone. */
  kbps: number;
}

/**
 * The SSIM that an encoder with these two results would have had at another rate. Between neighbouring rates its distance
 * from 1 in decibels goes with the logarithm of the rate.
 */
export function atTheRate(kbps: number, first: Quality, second: Quality): number {
  const decibels = ({ ssim }: Quality): number => -10 * Math.log10(1 - ssim);
  const between = Math.log(second.kbps / first.kbps);
  // Both ran into the same limit: there is only one rate to compare at.
  if (Math.abs(between) < 1e-3) return first.ssim;
  const steps = Math.log(kbps / first.kbps) / between;
  return 1 - 10 ** (-(decibels(first) + steps * (decibels(second) - decibels(first))) / 10);
}
