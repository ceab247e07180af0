/** Waits for a condition, never for a time. */

/**
 * Asks again and again until the answer is neither `false` nor nothing, and gives that answer. After the deadline the
 * error says what was waited for. An error of the question itself ends the wait at once.
 */
export async function until<T>(
  what: string,
  limitMs: number,
  question: () => Promise<T> | T,
  everyMs = 50,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const answer = await question();
    if (answer !== false && answer !== null && answer !== undefined) {
      return answer as Exclude<T, false | null | undefined>;
    }
    if (performance.now() > deadline) throw new Error(`after ${limitMs / 1000} s it still does not hold that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
