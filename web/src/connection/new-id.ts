/** A random id. `crypto.randomUUID` exists only on https and localhost; a room on a LAN has neither. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const TAB_KEY = 'syncwatch.tab';

/** One per tab, kept over its reloads. */
export function tabId(): string {
  const known = sessionStorage.getItem(TAB_KEY);
  if (known !== null) return known;
  const id = newId();
  sessionStorage.setItem(TAB_KEY, id);
  return id;
}
