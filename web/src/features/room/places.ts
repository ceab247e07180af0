/** The numbers of places that an owner can choose from. */

const FEW = [2, 3, 4, 5, 8] as const;
const ROUND = [10, 20, 50] as const;
/** More than any service lets a room have. */
const MOST = 100_000;

/** A few up to the cap, the cap itself, and what the room has now even if that is none of them. */
export function placesOffered(cap: number, present: number): number[] {
  const offered = new Set([...FEW, ...roundNumbers()].filter((places) => places < cap));
  return [...offered.add(cap).add(present)].sort((a, b) => a - b);
}

/** 10, 20, 50, 100, 200, 500 and so on. */
function roundNumbers(): number[] {
  const numbers: number[] = [];
  for (let power = 1; power * ROUND[0] <= MOST; power *= 10) numbers.push(...ROUND.map((places) => places * power));
  return numbers;
}
