import type { Code } from '@/api/generated/protocol';

/** The server's rules, told while typing. It has a list of common passwords as well and the last word. */
export const PASSWORD_MIN_CHARS = 8;
const PASSWORD_MAX_BYTES = 72;

export function passwordProblem(password: string): Code | undefined {
  if ([...password].length < PASSWORD_MIN_CHARS) return 'password_too_short';
  // bcrypt reads bytes, and a letter with an accent has two.
  if (new TextEncoder().encode(password).length > PASSWORD_MAX_BYTES) return 'password_too_long';
  return undefined;
}
