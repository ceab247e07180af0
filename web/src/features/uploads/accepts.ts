import type { Code } from '@/api/generated/protocol';

/** What the file picker offers. The server looks into the file; this only spares an upload that cannot work. */
export const ACCEPTED_FILES = 'video/*,.mkv,.mp4,.m4v,.mov,.webm';

const EXTENSIONS = /\.(mkv|mp4|m4v|mov|qt|webm)$/iu;

/** SPEC §1: 8 GB. */
const MOST_BYTES = 8 * 1024 ** 3;

/** Why a file will be refused for certain, seen before a byte is sent. */
export function refusalOf(file: Pick<File, 'name' | 'type' | 'size'>): Code | undefined {
  if (!file.type.startsWith('video/') && !EXTENSIONS.test(file.name)) return 'unsupported_format';
  if (file.size === 0) return 'unreadable';
  if (file.size > MOST_BYTES) return 'too_large';
  return undefined;
}

const TYPES: Record<string, string> = {
  mkv: 'video/x-matroska',
  mov: 'video/quicktime',
  qt: 'video/quicktime',
  webm: 'video/webm',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
};

/** Some systems do not know Matroska and give no type; the name says it then. */
export function declaredType(file: Pick<File, 'name' | 'type'>): string {
  const extension = EXTENSIONS.exec(file.name)?.[1]?.toLowerCase() ?? '';
  return file.type || TYPES[extension] || 'application/octet-stream';
}
