import i18next from 'i18next';
import { formatWait } from '@/lib/format';
import { isMissingChunk } from '@/lib/stale-chunk';
import type { ProblemDocument } from './types';

/** Everything the server refuses or fails at, and a server that cannot be reached. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    /** One of the protocol's codes, `network` when no answer came, `unknown` when the answer was no problem document. */
    readonly code: string,
    readonly status: number,
    readonly document?: ProblemDocument,
  ) {
    super(document?.title ?? code);
  }

  /** The server understood and said no: asking the same again brings the same answer. */
  get isRefusal(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 408 && this.status !== 429;
  }

  /** The token that was sent is no good any more; asked with another one or none, the answer may be yes. */
  get isLapsed(): boolean {
    return isLapsedCode(this.code);
  }

  get retryAfterSeconds(): number | undefined {
    return this.document?.retryAfterSeconds ?? undefined;
  }

  /** The code that belongs to one field of a form, if the server named it. */
  fieldCode(field: string): string | undefined {
    return this.document?.errors?.find((error) => error.field === field)?.code;
  }
}

export function isLapsedCode(code: string): boolean {
  return code === 'session_expired' || code === 'token_invalid';
}

/** The network's own failure: nobody answered. */
export function networkProblem(): ProblemError {
  return new ProblemError('network', 0);
}

/** Reads a problem out of a failed answer, whatever is in it. */
export async function problemFrom(response: Response): Promise<ProblemError> {
  const document = await response.json().catch(() => undefined);
  if (!isProblemDocument(document)) return new ProblemError(codeOfStatus(response.status), response.status);
  return new ProblemError(document.code, response.status, withRetryAfter(document, response));
}

function isProblemDocument(value: unknown): value is ProblemDocument {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}

function withRetryAfter(document: ProblemDocument, response: Response): ProblemDocument {
  const header = Number(response.headers.get('Retry-After'));
  return document.retryAfterSeconds === undefined && header > 0 ? { ...document, retryAfterSeconds: header } : document;
}

/** A proxy in between answers without a document; its status still says something. */
function codeOfStatus(status: number): string {
  if (status === 413) return 'payload_too_large';
  if (status === 429) return 'rate_limited';
  return status === 502 || status === 503 || status === 504 ? 'unavailable' : 'unknown';
}

/** What a person is told for a code: what happened and what to do next. Also for codes that came by the socket. */
export function codeMessage(code: string, retryAfterSeconds = 60): string {
  const wait = formatWait(retryAfterSeconds, i18next.language);
  const key = `problems.${code}`;
  return i18next.exists(key) ? i18next.t(key as 'problems.rate_limited', { wait }) : i18next.t('problems.unknown');
}

/** The same for whatever was thrown; also for a part of the page itself that could not be fetched. */
export function problemMessage(error: unknown): string {
  if (error instanceof ProblemError) return codeMessage(error.code, error.retryAfterSeconds);
  return codeMessage(isMissingChunk(error) ? 'network' : 'unknown');
}
