import type { RoomCode, VideoId } from '@/api/generated/protocol';

/** An upload that has begun, kept over reloads so that it can go on from what the server has. */
export interface RememberedUpload {
  videoId: VideoId;
  uploadUrl: string;
  fileName: string;
  sizeBytes: number;
  lastModifiedMs: number;
  room: RoomCode | undefined;
  startedAtMs: number;
}

const STORAGE_KEY = 'syncwatch.uploads';

/** The server forgets unfinished uploads; so do we. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

export function rememberedUploads(nowMs = Date.now()): RememberedUpload[] {
  try {
    const stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]') as RememberedUpload[];
    return stored.filter((upload) => nowMs - upload.startedAtMs < KEPT_MS);
  } catch {
    return [];
  }
}

export function rememberUpload(upload: RememberedUpload): void {
  write([...rememberedUploads().filter((other) => other.videoId !== upload.videoId), upload]);
}

export function forgetUpload(videoId: VideoId): void {
  write(rememberedUploads().filter((upload) => upload.videoId !== videoId));
}

/**
 * The same file as far as a browser lets us see. Phones rename or touch a file between two picks, so the size and one
 * of the other two are enough; the server refuses a wrong continuation by the checks at its end.
 */
export function findRemembered(file: Pick<File, 'name' | 'size' | 'lastModified'>): RememberedUpload | undefined {
  return rememberedUploads().find(
    (upload) =>
      upload.sizeBytes === file.size && (upload.fileName === file.name || upload.lastModifiedMs === file.lastModified),
  );
}

function write(uploads: RememberedUpload[]): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify(uploads));
}
