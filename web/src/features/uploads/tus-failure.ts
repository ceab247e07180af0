import type { DetailedError } from 'tus-js-client';
import { isLapsedCode, ProblemError } from '@/api/problem';

/** What to do after a failed request: wait for the world, log in anew, or tell the person. */
export type TusFailure = { kind: 'wait' } | { kind: 'lapsed' } | { kind: 'failed'; code: string };

/** Codes that the next try may well not meet again: it asks for the offset first. */
const PASSING: ReadonlySet<string> = new Set([
  'upload_locked',
  'upload_offset_mismatch',
  'upload_checksum_mismatch',
  'unavailable',
  'internal',
]);

export function classifyFailure(error: Error | DetailedError): TusFailure {
  const cause = 'causingError' in error ? error.causingError : error;
  if (cause instanceof ProblemError && cause.isRefusal) return { kind: 'failed', code: cause.code };
  const response = 'originalResponse' in error ? error.originalResponse : null;
  // No answer at all: the network or the server is away.
  if (!response || response.getStatus() === 0) return { kind: 'wait' };
  const code = codeOf(response.getBody()) ?? codeOfStatus(response.getStatus());
  if (isLapsedCode(code)) return { kind: 'lapsed' };
  return PASSING.has(code) ? { kind: 'wait' } : { kind: 'failed', code };
}

function codeOf(body: string | undefined): string | undefined {
  try {
    const document: unknown = JSON.parse(body ?? '');
    return typeof document === 'object' && document !== null && 'code' in document ? String(document.code) : undefined;
  } catch {
    return undefined;
  }
}

/** Answers to HEAD have no body, and a proxy in between writes no problem document. */
function codeOfStatus(status: number): string {
  if (status === 401) return 'session_expired';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'upload_not_found';
  if (status === 409) return 'upload_offset_mismatch';
  if (status === 413) return 'too_large';
  if (status === 423) return 'upload_locked';
  if (status === 429) return 'rate_limited';
  if (status === 507) return 'storage_full';
  return status >= 500 ? 'unavailable' : 'unknown';
}
