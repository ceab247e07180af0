/** Films as HLS by the browser itself: iPhones, where nothing else may fetch for a `<video>`. */

import type { MediaTime } from '@/api/generated/protocol';
import { MediaElementPlayer } from './media-element-player';
import type { ManifestSource, Opening, Qualities } from './player';
import { NO_SOUND_TRACKS, type SoundTrack, type SoundTracks, type SoundWish, wishedTrack } from './sound';

const ONLY_ITS_OWN: Qualities = { available: [], choice: { kind: 'auto' }, playing: null };

export class NativeHlsPlayer extends MediaElementPlayer {
  readonly #source: ManifestSource;
  #sound: SoundWish | null;

  constructor(video: HTMLVideoElement, source: ManifestSource, { startAtMs, sound }: Opening) {
    super(video, 'native_hls');
    this.#source = source;
    this.#sound = sound;
    video.addEventListener('error', this.#failed);
    this.#list?.addEventListener('addtrack', this.#tracksCame);
    this.#list?.addEventListener('change', this.#tracksChanged);
    video.textTracks.addEventListener('addtrack', this.#hideTexts);
    video.addEventListener('webkitendfullscreen', this.#hideTexts);
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

  soundTracks(): SoundTracks {
    const list = this.#list;
    if (!list) return NO_SOUND_TRACKS;
    const playing = Array.from(list).findIndex(({ enabled }) => enabled);
    return { available: tracksOf(list), playing: playing < 0 ? null : playing };
  }

  chooseSound(id: number): void {
    const list = this.#list;
    if (!list) return;
    this.#sound = tracksOf(list)[id] ?? null;
    // One that is heard at each moment: the new one is switched on before the old one is switched off.
    const chosen = list[id];
    if (chosen) chosen.enabled = true;
    for (const track of Array.from(list)) if (track !== chosen) track.enabled = false;
  }

  retry(): void {
    this.#load(this.video.currentTime * 1000);
  }

  override destroy(): void {
    this.video.removeEventListener('error', this.#failed);
    this.#list?.removeEventListener('addtrack', this.#tracksCame);
    this.#list?.removeEventListener('change', this.#tracksChanged);
    this.video.textTracks.removeEventListener('addtrack', this.#hideTexts);
    this.video.removeEventListener('webkitendfullscreen', this.#hideTexts);
    super.destroy();
  }

  get #list(): AudioTrackList | undefined {
    return (this.video as WithAudioTracks).audioTracks;
  }

  #tracksCame = (): void => {
    const { available, playing } = this.soundTracks();
    const wished = wishedTrack(available, this.#sound);
    if (wished && wished.id !== playing) this.chooseSound(wished.id);
    this.#tracksChanged();
  };

  /** The page shows the subtitles. In an iPhone's fullscreen, where nothing of the page is seen, people choose the browser's own. */
  #hideTexts = (): void => {
    for (const track of Array.from(this.video.textTracks)) track.mode = 'disabled';
  };

  #tracksChanged = (): void => this.emit({ kind: 'change' });

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

/** What WebKit alone has, so no type knows it. */
type AudioTrack = { enabled: boolean; label: string; language: string };
type AudioTrackList = EventTarget & ArrayLike<AudioTrack>;
type WithAudioTracks = HTMLVideoElement & { audioTracks?: AudioTrackList };

function tracksOf(list: AudioTrackList): SoundTrack[] {
  return Array.from(list, ({ label, language }, id) => ({ id, label, language: language || null }));
}
