/** Does something again and again while the page is seen, and at once when it is seen again (SYNC-15); returns how to stop. */
export function everyWhileVisible(intervalMs: number, act: () => void): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const begin = () => {
    clearInterval(timer);
    if (document.hidden) return;
    act();
    timer = setInterval(act, intervalMs);
  };
  begin();
  document.addEventListener('visibilitychange', begin);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', begin);
  };
}
