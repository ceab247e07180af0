/** A quiet film for pictures of the product: hills at dusk go by, one layer faster than the other. */

export const size = { width: 640, height: 360 } as const;

type Colour = readonly [number, number, number];

const ZENITH: Colour = [38, 30, 74];
const HORIZON: Colour = [247, 148, 98];
const SUN: Colour = [255, 226, 178];
const SUN_PLACE = { x: 410, y: 196, radius: 26, glow: 170 } as const;

/** From the farthest to the nearest: how high it stands, how rough it is, and how many pixels a second it moves. */
const HILLS = [
  { colour: [171, 92, 112], foot: 232, height: 26, length: 150, speed: 6 },
  { colour: [112, 62, 104], foot: 264, height: 30, length: 110, speed: 14 },
  { colour: [66, 42, 84], foot: 300, height: 26, length: 78, speed: 26 },
  { colour: [30, 23, 52], foot: 336, height: 20, length: 52, speed: 46 },
] as const satisfies readonly { colour: Colour; foot: number; height: number; length: number; speed: number }[];

/** The pictures of the film, one after the other, three bytes for each pixel. */
export function* landscape(frames: number, rate: number): Generator<Uint8Array> {
  const sky = evening();
  for (let frame = 0; frame < frames; frame++) {
    const picture = sky.slice();
    for (const hill of HILLS) drawHill(picture, hill, (frame / rate) * hill.speed);
    yield picture;
  }
}

function evening(): Uint8Array {
  const picture = new Uint8Array(size.width * size.height * 3);
  for (let y = 0; y < size.height; y++) {
    const base = mix(ZENITH, HORIZON, Math.min(1, (y / 240) ** 1.4));
    for (let x = 0; x < size.width; x++) {
      const distance = Math.hypot(x - SUN_PLACE.x, y - SUN_PLACE.y);
      const disc = Math.min(1, Math.max(0, SUN_PLACE.radius + 0.5 - distance));
      const glow = 0.5 * Math.max(0, 1 - distance / SUN_PLACE.glow) ** 2;
      put(picture, x, y, mix(base, SUN, Math.max(disc, glow)));
    }
  }
  return picture;
}

function drawHill(picture: Uint8Array, { colour, foot, height, length }: (typeof HILLS)[number], moved: number): void {
  for (let x = 0; x < size.width; x++) {
    const place = (x + moved) / length;
    // Three waves whose lengths have no common multiple: no hill comes twice.
    const crest =
      foot - height * (0.6 * Math.sin(place) + 0.3 * Math.sin(2.3 * place + 1) + 0.1 * Math.sin(5.9 * place));
    for (let y = Math.floor(crest); y < size.height; y++) {
      const covered = Math.min(1, y + 1 - crest);
      put(picture, x, y, covered === 1 ? colour : mix(at(picture, x, y), colour, covered));
    }
  }
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const between = (i: 0 | 1 | 2): number => from[i] + (to[i] - from[i]) * share;
  return [between(0), between(1), between(2)];
}

function at(picture: Uint8Array, x: number, y: number): Colour {
  const pixel = (y * size.width + x) * 3;
  return [picture[pixel] ?? 0, picture[pixel + 1] ?? 0, picture[pixel + 2] ?? 0];
}

function put(picture: Uint8Array, x: number, y: number, colour: Colour): void {
  picture.set(colour, (y * size.width + x) * 3);
}
