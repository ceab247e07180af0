/** What every source that ends in a `<video>` has in common: moving it, watching its frames, and its refusals to start. */

import type { MediaTime } from '@/api/generated/protocol';
import type { BufferedRange, PlayerCapabilities, PlayerView } from '@/sync';
import { type Adapter, capabilitiesOf } from './capabilities';
import { type Engine, engineOf, keepsPitch } from './engine';
import type { Autoplay, FrameCounts, Player, PlayerEvent, PlayerListener, Qualities, QualityChoice } from './player';
import type { SoundTracks } from './sound';

const CHANGES = [
  'loadedmetadata',
  'canplay',
  'seeked',
  'seeking',
  'waiting',
  'playing',
  'pause',
  'ended',
  'progress',
  'durationchange',
] as const;

export abstract class MediaElementPlayer implements Player {
  readonly adapter: Adapter;
  readonly capabilities: PlayerCapabilities;
  readonly #engine: Engine = engineOf(navigator.userAgent);
  protected readonly video: HTMLVideoElement;
  readonly #listeners = new Set<PlayerListener>();
  readonly #stopListening = new AbortController();
  #autoplay: Autoplay = 'free';
  #frameRequest: number | null = null;

  constructor(video: HTMLVideoElement, adapter: Adapter) {
    this.video = video;
    this.adapter = adapter;
    this.capabilities = capabilitiesOf(adapter, this.#engine.name);
    const { signal } = this.#stopListening;
    for (const name of CHANGES) video.addEventListener(name, () => this.emit({ kind: 'change' }), { signal });
    this.#watchFrames();
  }

  abstract madeUntilMs(): MediaTime | null;
  abstract qualities(): Qualities;
  abstract chooseQuality(choice: QualityChoice): void;
  abstract lowerQuality(): void;
  abstract soundTracks(): SoundTracks;
  abstract chooseSound(id: number): void;
  abstract retry(): void;
  abstract refresh(): void;

  get loaded(): boolean {
    return this.video.readyState >= HTMLMediaElement.HAVE_METADATA;
  }

  view(): PlayerView {
    const { video } = this;
    return {
      positionMs: video.currentTime * 1000,
      paused: video.paused,
      seeking: video.seeking,
      ready: video.ended || (!video.seeking && video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA),
      blocked: this.#autoplay === 'blocked',
      buffered: rangesOf(video.buffered),
    };
  }

  frames(): FrameCounts | null {
    if (typeof this.video.getVideoPlaybackQuality !== 'function') return null;
    const { totalVideoFrames, droppedVideoFrames } = this.video.getVideoPlaybackQuality();
    return { due: totalVideoFrames, dropped: droppedVideoFrames };
  }

  play(): void {
    this.video.play().catch((error: unknown) => this.#refused(error));
  }

  pause(): void {
    this.video.pause();
  }

  seek(toMs: MediaTime): void {
    this.video.currentTime = Math.max(0, toMs) / 1000;
  }

  setRate(rate: number): void {
    this.video.preservesPitch = keepsPitch(rate);
    this.video.playbackRate = rate;
  }

  unlock(): void {
    this.video.muted = false;
    this.#setAutoplay('free');
  }

  subscribe(listener: PlayerListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  destroy(): void {
    this.#stopListening.abort();
    if (this.#frameRequest !== null) this.video.cancelVideoFrameCallback(this.#frameRequest);
    this.#listeners.clear();
    this.video.pause();
    this.video.removeAttribute('src');
    this.video.load();
  }

  protected emit(event: PlayerEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** A browser that wants a tap first often allows a silent start: the picture moves, and the sound is a tap away. */
  #refused(error: unknown): void {
    if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
    if (this.video.muted) {
      this.#setAutoplay('blocked');
      return;
    }
    this.video.muted = true;
    this.video.play().then(
      () => this.#setAutoplay('muted'),
      () => this.#setAutoplay('blocked'),
    );
  }

  #setAutoplay(autoplay: Autoplay): void {
    if (autoplay === this.#autoplay) return;
    this.#autoplay = autoplay;
    this.emit({ kind: 'autoplay', autoplay });
  }

  #watchFrames(): void {
    if (typeof this.video.requestVideoFrameCallback !== 'function') return;
    this.#frameRequest = this.video.requestVideoFrameCallback((_now, metadata) => {
      this.#watchFrames();
      const shownAt = metadata.expectedDisplayTime + this.#engine.displayOffsetMs;
      this.emit({ kind: 'frame', frame: { mediaTimeMs: metadata.mediaTime * 1000, shownAt } });
    });
  }
}

function rangesOf(ranges: TimeRanges): BufferedRange[] {
  return Array.from({ length: ranges.length }, (_, i) => ({
    startMs: ranges.start(i) * 1000,
    endMs: ranges.end(i) * 1000,
  }));
}
