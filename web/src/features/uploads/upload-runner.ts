import type { Upload } from 'tus-js-client';
import { API_BASE, serverAnswers } from '@/api/client';
import type { RoomCode, VideoId } from '@/api/generated/protocol';
import { bearerFor } from '@/api/request';
import { refresh } from '@/api/session';
import { backOffMs } from '@/lib/back-off';
import { declaredType } from './accepts';
import { classifyFailure } from './tus-failure';

export interface RunnerEvents {
  /** The server knows the upload and gave it an address. */
  created: (videoId: VideoId, uploadUrl: string) => void;
  progress: (sentBytes: number) => void;
  waiting: () => void;
  failed: (code: string) => void;
  done: () => void;
}

export interface RunnerTarget {
  room: RoomCode | undefined;
  /** Goes on with an upload from an earlier visit. */
  uploadUrl?: string;
}

/** A request is answered every so often, so a proxy's time limit is never the length of a film. */
const CHUNK_BYTES = 64 * 1024 * 1024;

/** A network can go without a word: then nobody tells us, and nothing moves. */
const STALLED_MS = 30_000;

/** Lapsed tokens in a row until the session is taken for ended. */
const MOST_RENEWALS = 2;

/** Sends one file and does not give up: whatever passes by itself is waited for. Everything else is an event. */
export class UploadRunner {
  #upload: Upload | undefined;
  /** Where the server keeps what it has, once it has something. */
  #address: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #renewals = 0;
  #running = false;

  constructor(
    readonly file: File,
    readonly target: RunnerTarget,
    readonly events: RunnerEvents,
  ) {
    this.#address = target.uploadUrl;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#attempt = 0;
    window.addEventListener('online', this.#wake);
    document.addEventListener('visibilitychange', this.#wake);
    void this.#send();
  }

  pause(): void {
    this.#stop();
    void this.#upload?.abort();
  }

  /** Stops, and has the server throw away what it got. */
  async cancel(): Promise<void> {
    this.#stop();
    await this.#upload?.abort(this.#upload.url !== null);
  }

  #stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#watch);
    this.#timer = undefined;
    window.removeEventListener('online', this.#wake);
    document.removeEventListener('visibilitychange', this.#wake);
  }

  async #send(): Promise<void> {
    try {
      this.#upload ??= await this.#prepare();
    } catch {
      return this.#notLoaded();
    }
    if (!this.#running) return;
    this.#upload.start();
    this.#expectProgress();
  }

  /** The library's own file did not come: the network is away already, or, if the server answers, this page is too old. */
  async #notLoaded(): Promise<void> {
    const tooOld = this.#attempt > 0 && (await serverAnswers());
    if (tooOld && this.#running) this.#fail('upgrade_required');
    else this.#retryLater();
  }

  async #prepare(): Promise<Upload> {
    const { Upload } = await import('tus-js-client');
    const { file, target, events } = this;
    const upload: Upload = new Upload(file, {
      endpoint: this.#address ? null : `${API_BASE}/videos/upload`,
      uploadUrl: this.#address ?? null,
      metadata: {
        filename: file.name,
        filetype: declaredType(file),
        ...(target.room ? { room: target.room } : {}),
      },
      chunkSize: CHUNK_BYTES,
      // Our own retries know when to wait, and our own memory survives the visit.
      retryDelays: null,
      storeFingerprintForResuming: false,
      onBeforeRequest: async (request) => {
        const bearer = await bearerFor(target.room);
        if (bearer) request.setHeader('Authorization', `Bearer ${bearer}`);
      },
      onUploadUrlAvailable: () => this.#onAddress(upload),
      onProgress: (sent) => {
        this.#attempt = 0;
        this.#renewals = 0;
        this.#expectProgress();
        events.progress(sent);
      },
      onSuccess: () => {
        this.#stop();
        events.done();
      },
      onError: (error) => void this.#onFailure(error),
    });
    return upload;
  }

  #expectProgress(): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      void this.#upload?.abort();
      this.#retryLater();
    }, STALLED_MS);
  }

  #onAddress(upload: Upload): void {
    // Without an endpoint the library cannot answer a failed question for the offset by starting anew from zero.
    upload.options.endpoint = null;
    const url = upload.url ?? '';
    if (url === this.#address) return;
    this.#address = url;
    this.events.created(url.slice(url.lastIndexOf('/') + 1), url);
  }

  async #onFailure(error: Error): Promise<void> {
    if (!this.#running) return;
    if (!(await this.#fileIsThere())) return this.#fail('file_gone');
    const failure = classifyFailure(error);
    switch (failure.kind) {
      case 'wait':
        return this.#retryLater();
      case 'lapsed':
        return this.#renew();
      case 'failed':
        return this.#fail(failure.code);
    }
  }

  async #renew(): Promise<void> {
    this.#renewals += 1;
    if (this.#renewals > MOST_RENEWALS) return this.#fail('session_expired');
    // If this fails as well, the next request says why.
    await refresh().catch(() => undefined);
    if (this.#running) void this.#send();
  }

  /** A file that was moved or deleted meanwhile looks like a lost network to the browser's request. */
  async #fileIsThere(): Promise<boolean> {
    try {
      await this.file.slice(0, 1).arrayBuffer();
      return true;
    } catch {
      return false;
    }
  }

  #fail(code: string): void {
    this.#stop();
    if (code === 'upload_not_found') {
      // Nothing is left to go on from: another try begins anew.
      this.#address = undefined;
      this.#upload = undefined;
    }
    this.events.failed(code);
  }

  #retryLater(): void {
    if (!this.#running) return;
    this.events.waiting();
    clearTimeout(this.#watch);
    clearTimeout(this.#timer);
    this.#attempt += 1;
    this.#timer = setTimeout(this.#retry, backOffMs(this.#attempt, Math.random()));
  }

  readonly #retry = (): void => {
    this.#timer = undefined;
    void this.#send();
  };

  /** The network or the tab is back: no need to wait any longer. */
  readonly #wake = (): void => {
    if (this.#timer === undefined || document.visibilityState === 'hidden') return;
    clearTimeout(this.#timer);
    this.#retry();
  };
}
