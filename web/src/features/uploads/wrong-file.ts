import type { Code } from '@/api/generated/protocol';

/** What is wrong with the file itself stays wrong, however often it is tried (UPL-2, TRN-6). */
const WRONG_FILE: ReadonlySet<string> = new Set<Code | 'malware_found'>([
  'unsupported_format',
  'mime_mismatch',
  'too_large',
  'too_long',
  'unreadable',
  'format_error',
  'malware_found',
]);

/** Whether the film did not work because of its file, so that only another file helps. */
export function isWrongFile(code: string): boolean {
  return WRONG_FILE.has(code);
}
