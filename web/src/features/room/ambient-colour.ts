/** The colour of a film's picture, for the light it throws on the glass around it. */

/** The mean of the pixels, as CSS. Dark pixels count less: light is what colours a room. */
export function ambientColour(pixels: Uint8ClampedArray): string {
  let [red, green, blue, weights] = [0, 0, 0, 0];
  for (let i = 0; i + 3 < pixels.length; i += 4) {
    const [r, g, b] = [pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + 2] ?? 0];
    const weight = 1 + Math.max(r, g, b);
    red += r * weight;
    green += g * weight;
    blue += b * weight;
    weights += weight;
  }
  if (weights === 0) return 'transparent';
  const mean = [red, green, blue].map((sum) => Math.round(sum / weights));
  return `rgb(${mean.join(' ')})`;
}
