/** Films as HLS by the browser itself: iPhones, where nothing else may fetch for a `<video>`. */

import type { MediaTime } from '@/api/generated/protocol';
import { MediaElementPlayer } from './media-element-player';
import type { ManifestSource, Qualities } from './player';

const ONLY_ITS_OWN: Qualities = { available: [], choice: { kind: 'auto' }, playing: null };

export class NativeHlsPlayer extends MediaElementPlayer {
  readonly #source: ManifestSource;

  constructor(video: HTMLVideoElement, source: ManifestSource, startAtMs: MediaTime) {
    super(video, 'native_hls');
    this.#source = source;
    video.addEventListener('error', this.#failed);
    this.#load(startAtMs);
  }

  /** What can be sought in is what is made. */
  madeUntilMs(): MediaTime | null {
    const { seekable, duration } = this.video;
    return Number.isFinite(duration) || seekable.length === 0 ? null : seekable.end(seekable.length - 1) * 1000;
  }

  qualities(): Qualities {
    return ONLY_ITS_OWN;
  }

  // The browser chooses the quality by itself and cannot be told.
  chooseQuality(): void {}
  lowerQuality(): void {}
  refresh(): void {}

  retry(): void {
    this.#load(this.video.currentTime * 1000);
  }

  override destroy(): void {
    this.video.removeEventListener('error', this.#failed);
    super.destroy();
  }

  #load(startAtMs: MediaTime): void {
    this.#source.fetch().then(
      ({ url }) => {
        this.video.src = url;
        this.video.currentTime = startAtMs / 1000;
        this.emit({ kind: 'trouble', trouble: null });
      },
      () => this.emit({ kind: 'trouble', trouble: 'network' }),
    );
  }

  /** A signature that ran out looks like any other failure here, so the first answer is always a new address. */
  #failed = (): void => {
    const network = this.video.error?.code === MediaError.MEDIA_ERR_NETWORK;
    this.emit({ kind: 'trouble', trouble: network ? 'link_expired' : 'media' });
  };
}
