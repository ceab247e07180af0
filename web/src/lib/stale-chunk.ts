const RELOADED_KEY = 'syncwatch.reloaded-at';

/** Long enough that a page which fails for another reason does not reload in a circle. */
const ONCE_WITHIN_MS = 30_000;

/** After an update the old page asks for files that no longer exist; each browser words that differently. */
export function isMissingChunk(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|Importing a module script failed|error loading dynamically/i.test(error.message)
  );
}

export function reloadOnce(nowMs = Date.now()): void {
  const last = Number(sessionStorage.getItem(RELOADED_KEY) ?? 0);
  if (nowMs - last < ONCE_WITHIN_MS) return;
  sessionStorage.setItem(RELOADED_KEY, String(nowMs));
  location.reload();
}
