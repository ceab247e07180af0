const CODE_LENGTH = 8;

/** Finds a room's code in what somebody typed or pasted: the code itself, with or without dashes, or a link. */
export function parseInvite(input: string): string | undefined {
  const text = input.trim();
  const path = /\/r\/([^/?#\s]+)/u.exec(text);
  const candidate = (path?.[1] ?? text).replace(/[\s-]/gu, '').toUpperCase();
  return candidate.length === CODE_LENGTH && /^[A-Z0-9]+$/u.test(candidate) ? candidate : undefined;
}

/** Whether addresses with this host mean another machine to everybody else: a link with it brings nobody here. */
export function isOwnMachine(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d+){3}$/u.test(host);
}
