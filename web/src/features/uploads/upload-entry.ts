import type { RoomCode, VideoId } from '@/api/generated/protocol';

/** Where an upload stands. */
export type UploadState =
  | { kind: 'starting' }
  | { kind: 'sending'; bytesPerSecond: number | undefined }
  /** By the person's wish. */
  | { kind: 'paused' }
  /** The network or the server is away; it goes on by itself. */
  | { kind: 'waiting' }
  /** From an earlier visit: the browser needs the same file once more. */
  | { kind: 'interrupted' }
  | { kind: 'failed'; code: string; retriable: boolean }
  | { kind: 'done' };

export interface UploadEntry {
  /** Known here before the server knows it. */
  id: string;
  /** Since the server knows it. */
  videoId: VideoId | undefined;
  room: RoomCode | undefined;
  fileName: string;
  sizeBytes: number;
  sentBytes: number;
  state: UploadState;
}

/** Under way or to be taken up again, in contrast to over. */
export function isOpen(entry: UploadEntry): boolean {
  return entry.state.kind !== 'done';
}

/** How much of the film has gone out, 0 to 1. */
export function sentShare(entry: UploadEntry): number {
  return entry.sizeBytes > 0 ? entry.sentBytes / entry.sizeBytes : 0;
}
