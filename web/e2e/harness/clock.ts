/** Puts the moments that two browsers report onto one clock. */
import type { Page } from 'playwright-core';

/** A browser's wall clock against that of the test process. */
export interface ClockOffset {
  /** Add this to the browser's milliseconds. */
  offset: number;
  /** The offset is right to within this. */
  uncertainty: number;
}

const EXCHANGES = 30;

/**
 * `performance.timeOrigin` is read from the system's clock when a page loads and counted on by a monotonic one, so two
 * browsers on one machine may disagree by what the system's clock was corrected by in between. Measuring it costs nothing.
 */
export async function clockOffset(page: Page): Promise<ClockOffset> {
  let best: ClockOffset = { offset: 0, uncertainty: Number.POSITIVE_INFINITY };
  for (let i = 0; i < EXCHANGES; i++) {
    const sent = now();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    const received = now();
    const uncertainty = (received - sent) / 2;
    if (uncertainty < best.uncertainty) best = { offset: sent + uncertainty - there, uncertainty };
  }
  return best;
}

/** Milliseconds of this process's wall clock. */
export const now = (): number => performance.timeOrigin + performance.now();
