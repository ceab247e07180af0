/** Why a film did not work and what helps, for its card. */

import type { TFunction } from 'i18next';
import { codeMessage } from '@/api/problem';

/** What can become of a film after its upload (UPL-2, UPL-4, TRN-6). */
export const FILM_FAILURES = [
  'unsupported_format',
  'mime_mismatch',
  'too_large',
  'too_long',
  'quota_exceeded',
  'unreadable',
  'upload_incomplete',
  'storage_full',
  'ffmpeg_missing',
  'timeout',
  'oom',
  'format_error',
  'storage',
  'cancelled',
  'internal',
  'malware_found',
  'scan_failed',
] as const;
type FilmFailure = (typeof FILM_FAILURES)[number];

export interface FailureWords {
  reason: string;
  /** Nothing when the reason says it as well. */
  advice: string | null;
}

export function failureWords(code: string, t: TFunction): FailureWords {
  if (!isFilmFailure(code)) return { reason: codeMessage(code), advice: null };
  return { reason: t(`uploads.failure.${code}.reason`), advice: t(`uploads.failure.${code}.advice`) };
}

function isFilmFailure(code: string): code is FilmFailure {
  return FILM_FAILURES.some((known) => known === code);
}
