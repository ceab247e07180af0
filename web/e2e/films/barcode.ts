/**
 * The number of a frame, written into its picture so that a browser can read it back.
 *
 * Two rows of sixteen cells: a mark, twelve bits, their parity and a mark; below them the same inverted. The second row
 * makes each cell its own reference, so a reading survives scaling, compression and any colour conversion, or is refused.
 * The page that reads it gets its numbers from `layout`, so writer and reader cannot disagree.
 */
export const layout = {
  /** Cells in a row. */
  cells: 16,
  /** Cells in front of the first bit: one white, one black. */
  lead: 2,
  /** Bits of the number, the highest first. */
  bits: 12,
  /** Both rows together, as a share of the picture's height, from its upper edge. */
  height: 2 / 9,
} as const;

/** The upper row for a frame: `true` is white. */
export function barcode(frame: number): boolean[] {
  if (!Number.isInteger(frame) || frame < 0 || frame >= 2 ** layout.bits) {
    throw new RangeError(`frame ${frame} does not fit into ${layout.bits} bits`);
  }
  const bits = Array.from({ length: layout.bits }, (_, i) => ((frame >> (layout.bits - 1 - i)) & 1) === 1);
  const odd = bits.filter(Boolean).length % 2 === 1;
  return [true, false, ...bits, odd, true];
}

/** The barcode as a grey picture of one pixel for each cell, for FFmpeg to scale up. */
export function barcodePixels(frame: number): Uint8Array {
  const row = barcode(frame);
  return Uint8Array.from([...row, ...row.map((cell) => !cell)], (cell) => (cell ? 255 : 0));
}

/** The number in a row of cells, or `null` when its marks or its parity are wrong. */
export function readBarcode(row: readonly boolean[]): number | null {
  const bits = row.slice(layout.lead, layout.lead + layout.bits);
  const [parity, end] = row.slice(layout.lead + layout.bits);
  const odd = bits.filter(Boolean).length % 2 === 1;
  if (row[0] !== true || row[1] !== false || end !== true || parity !== odd) return null;
  return bits.reduce((number, bit) => number * 2 + (bit ? 1 : 0), 0);
}
