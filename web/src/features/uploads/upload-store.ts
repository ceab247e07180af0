import { create } from 'zustand';
import type { RoomCode, VideoId } from '@/api/generated/protocol';
import { ProblemError } from '@/api/problem';
import { deleteVideo, videoStatus } from '@/api/videos';
import { refusalOf } from './accepts';
import { type RateMeter, readMeter, startMeter } from './rate-meter';
import type { UploadEntry, UploadState } from './upload-entry';
import {
  findRemembered,
  forgetUpload,
  type RememberedUpload,
  rememberedUploads,
  rememberUpload,
} from './upload-memory';
import { UploadRunner } from './upload-runner';
import { holdUpload, uploadsInOtherTabs } from './upload-tabs';
import { isWrongFile } from './wrong-file';

/** All uploads of this tab, and those from earlier visits that wait for their file. */
export const useUploadStore = create<{ uploads: UploadEntry[] }>(() => ({ uploads: [] }));

/** What runs behind an entry; files and sockets are no state for the page to draw. */
interface Work {
  runner: UploadRunner;
  /** Begins with the first reading of each stretch: what arrived before says nothing about the rate now. */
  meter: RateMeter | undefined;
  release: () => void;
}

const works = new Map<string, Work>();
let lastId = 0;

export interface UploadWishes {
  /** The room it is for: a guest may upload only there. */
  room?: RoomCode | undefined;
  /**
   * The server knows the film now, or knew it from before: show it, choose it. Bytes follow. `former` is what became of the
   * same file before: if that came to nothing, this one takes its place.
   */
  onCreated?: OnCreated | undefined;
}

export type OnCreated = (videoId: VideoId, former?: VideoId) => void;

/** Begins an upload, or goes on with it when this file was being uploaded before. A file that failed is tried anew. */
export function uploadFile(file: File, wishes: UploadWishes = {}): void {
  const former = formerOf(file, wishes.room);
  if (former?.state.kind === 'failed') dismissUpload(former.id);
  const known = findRemembered(file);
  const interrupted = known && entries().find((entry) => entry.videoId === known.videoId);
  if (interrupted && interrupted.state.kind !== 'interrupted') return;
  const entry = interrupted ?? newEntry(file, known?.room ?? wishes.room, known?.videoId);
  if (!interrupted) useUploadStore.setState({ uploads: [...entries(), entry] });
  const refusal = refusalOf(file);
  if (refusal) setState(entry.id, { kind: 'failed', code: refusal, retriable: false });
  else run(entry, file, known, former?.videoId, wishes.onCreated);
}

export function pauseUpload(id: string): void {
  works.get(id)?.runner.pause();
  halt(id, { kind: 'paused' });
}

/** After a pause, and as the second try after a failure. */
export function resumeUpload(id: string): void {
  const work = works.get(id);
  if (!work) return;
  setState(id, { kind: 'starting' });
  work.runner.start();
}

/** Stops it for good; the server throws away what it got. */
export async function cancelUpload(id: string): Promise<void> {
  const entry = entries().find((candidate) => candidate.id === id);
  if (!entry) return;
  const work = works.get(id);
  dismissUpload(id);
  if (entry.videoId) forgetUpload(entry.videoId);
  if (work) await work.runner.cancel();
  else if (entry.videoId) await deleteVideo(entry.videoId, entry.room);
}

/** One that failed is wanted no more, and does not come back with the next visit either. */
export function dropUpload(id: string): void {
  const entry = entries().find((candidate) => candidate.id === id);
  if (!entry) return;
  dismissUpload(id);
  if (!entry.videoId) return;
  forgetUpload(entry.videoId);
  // What arrived takes up space until then; a server that cannot be asked clears it away by itself after a day.
  if (entry.state.kind === 'failed' && entry.state.retriable)
    deleteVideo(entry.videoId, entry.room).catch(() => undefined);
}

/** Takes it from the list without touching what is stored. */
function dismissUpload(id: string): void {
  works.get(id)?.release();
  works.delete(id);
  useUploadStore.setState({ uploads: entries().filter((entry) => entry.id !== id) });
}

let restored: Promise<void> | undefined;

/** Brings back what earlier visits left unfinished, once per page. */
export function restoreUploads(): Promise<void> {
  restored ??= restore();
  return restored;
}

async function restore(): Promise<void> {
  const elsewhere = await uploadsInOtherTabs();
  const left = rememberedUploads().filter((upload) => !elsewhere.has(upload.videoId));
  await Promise.all(left.map(restoreOne));
}

async function restoreOne(upload: RememberedUpload): Promise<void> {
  try {
    const video = await videoStatus(upload.videoId, upload.room);
    if (video.status !== 'uploading') return forgetUpload(upload.videoId);
    if (entries().some((entry) => entry.videoId === upload.videoId)) return;
    const entry = newEntry({ name: upload.fileName, size: upload.sizeBytes }, upload.room, upload.videoId);
    const sentBytes = Math.round(video.progress * upload.sizeBytes);
    useUploadStore.setState({ uploads: [...entries(), { ...entry, sentBytes, state: { kind: 'interrupted' } }] });
  } catch (error) {
    // Only a server that says so makes us forget; one that is away does not.
    if (error instanceof ProblemError && error.status === 404) forgetUpload(upload.videoId);
  }
}

function run(
  entry: UploadEntry,
  file: File,
  known: RememberedUpload | undefined,
  formerId: VideoId | undefined,
  onCreated: OnCreated | undefined,
): void {
  const { id, room } = entry;
  let former = formerId;
  const runner = new UploadRunner(file, known ? { room, uploadUrl: known.uploadUrl } : { room }, {
    created: (videoId, uploadUrl) => {
      announce(id, videoId);
      rememberUpload(remembered(file, room, videoId, uploadUrl));
      onCreated?.(videoId, former);
      // If the server loses it, it begins anew under another id, in the place of this one.
      former = videoId;
    },
    progress: (sentBytes) => progress(id, sentBytes),
    waiting: () => halt(id, { kind: 'waiting' }),
    failed: (code) => fail(id, code),
    done: () => finish(id),
  });
  works.set(id, { runner, meter: undefined, release: () => undefined });
  setState(id, { kind: 'starting' });
  if (known) {
    announce(id, known.videoId);
    onCreated?.(known.videoId, former);
    former = known.videoId;
  }
  runner.start();
}

function announce(id: string, videoId: VideoId): void {
  change(id, { videoId });
  const work = works.get(id);
  if (work) work.release = holdUpload(videoId);
}

function progress(id: string, sentBytes: number): void {
  const work = works.get(id);
  if (!work) return;
  const now = performance.now();
  work.meter = work.meter ? readMeter(work.meter, now, sentBytes) : startMeter(now, sentBytes);
  change(id, { sentBytes, state: { kind: 'sending', bytesPerSecond: work.meter.bytesPerSecond } });
}

function halt(id: string, state: UploadState): void {
  const work = works.get(id);
  if (work) work.meter = undefined;
  setState(id, state);
}

function fail(id: string, code: string): void {
  const videoId = entries().find((entry) => entry.id === id)?.videoId;
  // What the server does not have, or has thrown away as no film, cannot be gone on with.
  if (videoId && (code === 'upload_not_found' || isWrongFile(code))) forgetUpload(videoId);
  setState(id, { kind: 'failed', code, retriable: code !== 'file_gone' && !isWrongFile(code) });
}

function finish(id: string): void {
  const entry = entries().find((candidate) => candidate.id === id);
  if (entry?.videoId) forgetUpload(entry.videoId);
  if (entry) change(id, { sentBytes: entry.sizeBytes, state: { kind: 'done' } });
  works.get(id)?.release();
  works.delete(id);
}

function remembered(file: File, room: RoomCode | undefined, videoId: VideoId, uploadUrl: string): RememberedUpload {
  const { name: fileName, size: sizeBytes, lastModified: lastModifiedMs } = file;
  return { videoId, uploadUrl, fileName, sizeBytes, lastModifiedMs, room, startedAtMs: Date.now() };
}

function newEntry(
  file: { name: string; size: number },
  room: RoomCode | undefined,
  videoId: VideoId | undefined,
): UploadEntry {
  lastId += 1;
  const state: UploadState = { kind: 'starting' };
  return { id: String(lastId), videoId, room, fileName: file.name, sizeBytes: file.size, sentBytes: 0, state };
}

/** What became of this file earlier in this tab, the latest first: over, well or badly. */
function formerOf(file: File, room: RoomCode | undefined): UploadEntry | undefined {
  return entries().findLast(
    (entry) =>
      entry.fileName === file.name &&
      entry.sizeBytes === file.size &&
      entry.room === room &&
      (entry.state.kind === 'failed' || entry.state.kind === 'done'),
  );
}

function entries(): UploadEntry[] {
  return useUploadStore.getState().uploads;
}

function setState(id: string, state: UploadState): void {
  change(id, { state });
}

function change(id: string, changes: Partial<UploadEntry>): void {
  useUploadStore.setState({ uploads: entries().map((entry) => (entry.id === id ? { ...entry, ...changes } : entry)) });
}
