import { z } from 'zod/mini';
import { passwordProblem } from './password-rules';

// The messages are problem codes: the same words as when the server refuses.
const password = z.string().check((context) => {
  const code = passwordProblem(context.value);
  if (code) context.issues.push({ code: 'custom', message: code, input: context.value });
});

export const registration = z.object({
  email: z.string().check(z.trim(), z.regex(/^[^\s@]+@[^\s@]+$/u, 'email_invalid')),
  username: z.string().check(z.trim(), z.regex(/^[\p{L}\p{N}._-]{3,30}$/u, 'username_invalid')),
  password,
});

export const passwordChange = z.object({
  currentPassword: z.string().check(z.minLength(1, 'wrong_current_password')),
  newPassword: password,
});
