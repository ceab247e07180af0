/** Films as one file on somebody else's server: the browser asks for the parts that it needs. */

import type { MediaTime } from '@/api/generated/protocol';
import { MediaElementPlayer } from './media-element-player';
import type { ManifestSource, Opening, PlayerTrouble, Qualities } from './player';
import { NO_SOUND_TRACKS, type SoundTracks } from './sound';

const ONE: Qualities = { available: [], choice: { kind: 'auto' }, playing: null };

export class FilePlayer extends MediaElementPlayer {
  readonly #source: ManifestSource;

  constructor(video: HTMLVideoElement, source: ManifestSource, { startAtMs }: Opening) {
    super(video, 'file');
    this.#source = source;
    video.preload = 'auto';
    video.addEventListener('error', this.#failed);
    this.#load(startAtMs);
  }

  madeUntilMs(): MediaTime | null {
    return null;
  }

  qualities(): Qualities {
    return ONE;
  }

  // Browsers play a file's first sound, and none but Safari lets a page choose another.
  soundTracks(): SoundTracks {
    return NO_SOUND_TRACKS;
  }

  chooseSound(): void {}

  // There is one quality, and it is what it is.
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

  #failed = (): void => {
    this.emit({ kind: 'trouble', trouble: troubleOf(this.video.error) });
  };
}

/** A server that does not answer at all is told as a source that is not supported. */
function troubleOf(error: MediaError | null): PlayerTrouble {
  return error?.code === MediaError.MEDIA_ERR_DECODE ? 'media' : 'network';
}
