import type { TFunction } from 'i18next';
import { ProblemError, problemMessage } from '@/api/problem';

/** The codes that mean another thing for a page of text than for a film. */
const WORDS = ['unsupported_format', 'too_large', 'payload_too_large', 'unreadable'] as const;

export function subtitleProblem(error: Error, t: TFunction): string {
  const code = error instanceof ProblemError ? WORDS.find((known) => known === error.code) : undefined;
  return code ? t(`player.tracks.problem.${code}`) : problemMessage(error);
}
