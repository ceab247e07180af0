import { codeMessage, type ProblemError } from '@/api/problem';

/** Which field a code is about, for answers that name no field. */
const FIELDS: Record<string, string> = {
  email_taken: 'email',
  username_taken: 'username',
  password_too_common: 'password',
  wrong_current_password: 'currentPassword',
};

/** What is wrong with which field, as the server names them. Empty when the refusal is about something else. */
export function wrongFields(problem: ProblemError): { field: string; code: string }[] {
  const named = problem.document?.errors ?? [];
  if (named.length > 0) return named;
  const field = FIELDS[problem.code];
  return field ? [{ field, code: problem.code }] : [];
}

/** The words under a field for the code that validation put there. */
export function fieldMessage(code: string | undefined): string | undefined {
  return code ? codeMessage(code) : undefined;
}
