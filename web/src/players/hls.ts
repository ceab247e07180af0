/** Films as HLS through hls.js: fragmented MP4, sound as its own rendition, lists that grow while the film is made. */

import type Hls from 'hls.js';
import type { ErrorData, HlsConfig } from 'hls.js';
import type { MediaTime } from '@/api/generated/protocol';
import { MediaElementPlayer } from './media-element-player';
import type { ManifestSource, Opening, PlayerTrouble, Qualities, QualityChoice } from './player';
import { SignedAddress } from './signed-address';
import { type SoundTrack, type SoundTracks, type SoundWish, wishedTrack } from './sound';
import { startLevel } from './start-level';

type HlsClass = typeof Hls;

const CONFIG: Partial<HlsConfig> = {
  // A list without an end is a film in the making, not a broadcast: nobody wants its edge.
  liveSyncDurationCount: 1,
  liveMaxLatencyDurationCount: Number.POSITIVE_INFINITY,
  maxLiveSyncPlaybackRate: 1,
  lowLatencyMode: false,
  // Half a minute of bad network passes unseen.
  maxBufferLength: 40,
  maxMaxBufferLength: 60,
  backBufferLength: 60,
  // Fragmented MP4 is handed through, which needs no worker, and the page's policy allows none from a blob.
  enableWorker: false,
  // While a film is made, a quality may lack a moment that another one has (425). It is tried again soon: two segments on.
  errorPenaltyExpireMs: 12_000,
  startLevel: -1,
  // The lowest quality opens the film and is shown. A test would load that segment and throw it away; and where the next
  // quality then lacks it (425), hls.js takes the thrown-away one for shown and goes on with the second.
  testBandwidth: false,
};

/** Subtitles are the page's: here they would be fetched a second time and shown in the browser's way below ours. */
const WITHOUT_SUBTITLES = {
  subtitleTrackController: undefined,
  subtitleStreamController: undefined,
  timelineController: undefined,
} as unknown as Partial<HlsConfig>; // hls.js leaves out what is undefined; its types say that it would rather not be told

/** Pauses between tries after the network failed; hls.js has tried several times within each. */
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
/** A decoder that failed twice within this time will fail again. */
const MEDIA_RECOVERY_MS = 10_000;
/** How long the quality stays lowered after a stall before it may try more again. */
const LOWERED_MS = 30_000;
const FORBIDDEN = [401, 403, 404, 410];

export class HlsPlayer extends MediaElementPlayer {
  readonly #library: HlsClass;
  readonly #hls: Hls;
  readonly #address: SignedAddress;
  #sound: SoundWish | null;
  #timers = new Set<ReturnType<typeof setTimeout>>();
  #failures = 0;
  #mediaFailedAt = Number.NEGATIVE_INFINITY;
  #madeUntil: MediaTime | null = null;
  #trouble: PlayerTrouble | null = null;
  #staleLevels = false;

  constructor(library: HlsClass, video: HTMLVideoElement, source: ManifestSource, opening: Opening) {
    const { startAtMs, sound, watchable } = opening;
    super(video, 'hls_js');
    this.#library = library;
    this.#sound = sound;
    this.#address = new SignedAddress(source);
    this.#hls = new library({
      ...CONFIG,
      ...WITHOUT_SUBTITLES,
      startPosition: startAtMs / 1000,
      xhrSetup: async (xhr, url) => xhr.open('GET', await this.#address.signed(url), true),
    });
    this.#listen(watchable);
    this.#hls.attachMedia(video);
    this.#load();
  }

  madeUntilMs(): MediaTime | null {
    return this.#madeUntil;
  }

  qualities(): Qualities {
    const available = this.#hls.levels.map(({ height, bitrate }, id) => ({ id, height, bitrate }));
    const choice: QualityChoice = this.#hls.autoLevelEnabled
      ? { kind: 'auto' }
      : { kind: 'fixed', id: this.#hls.manualLevel };
    return { available, choice, playing: this.#hls.currentLevel < 0 ? null : this.#hls.currentLevel };
  }

  chooseQuality(choice: QualityChoice): void {
    // `nextLevel` changes at the next fragment and keeps what is buffered: the picture never stops for it.
    this.#hls.nextLevel = choice.kind === 'auto' ? -1 : choice.id;
    this.emit({ kind: 'change' });
  }

  lowerQuality(): void {
    const level = this.#hls.loadLevel;
    if (level <= 0 || !this.#hls.autoLevelEnabled) return;
    this.#hls.autoLevelCapping = level - 1;
    this.#later(LOWERED_MS, () => {
      this.#hls.autoLevelCapping = -1;
    });
  }

  soundTracks(): SoundTracks {
    const playing = this.#hls.audioTrack;
    return { available: this.#tracks(), playing: playing < 0 ? null : playing };
  }

  chooseSound(id: number): void {
    this.#sound = this.#tracks().find((track) => track.id === id) ?? null;
    // What plays is heard to the end of its fragment: replacing it at once would leave the film without data for a moment.
    this.#hls.nextAudioTrack = id;
    this.emit({ kind: 'change' });
  }

  retry(): void {
    this.#failures = 0;
    this.#address.expire();
    this.#reload();
  }

  refresh(): void {
    this.#staleLevels = true;
    if (this.video.paused) this.#reload();
  }

  override pause(): void {
    super.pause();
    // Loading the list of qualities anew interrupts the film for a moment; while it stands nobody sees that.
    if (this.#staleLevels) this.#later(0, () => this.video.paused && this.#reload());
  }

  override destroy(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#hls.destroy();
    super.destroy();
  }

  #listen(watchable: Opening['watchable']): void {
    const { Events } = this.#library;
    this.#hls.on(Events.LEVEL_UPDATED, (_event, { details }) => {
      this.#madeUntil = details.live ? details.edge * 1000 : null;
      this.emit({ kind: 'change' });
    });
    this.#hls.on(Events.FRAG_LOADED, (_event, { frag }) => {
      const { loaded, loading } = frag.stats;
      this.emit({ kind: 'loaded', load: { from: loading.start, to: loading.end, bytes: loaded } });
    });
    this.#hls.on(Events.FRAG_BUFFERED, () => {
      this.#failures = 0;
      this.#setTrouble(null);
    });
    this.#hls.on(Events.LEVEL_SWITCHED, () => this.emit({ kind: 'change' }));
    this.#hls.on(Events.AUDIO_TRACKS_UPDATED, () => {
      // Before hls.js takes the default and fetches it.
      const wished = wishedTrack(this.#tracks(), this.#sound);
      if (wished) this.#hls.audioTrack = wished.id;
      this.emit({ kind: 'change' });
    });
    this.#hls.on(Events.AUDIO_TRACK_SWITCHED, () => this.emit({ kind: 'change' }));
    this.#hls.on(Events.MANIFEST_PARSED, () => {
      this.#hls.startLevel = startLevel(this.#hls.levels, watchable());
      this.emit({ kind: 'change' });
    });
    this.#hls.on(Events.ERROR, (_event, data) => this.#failed(data));
  }

  #tracks(): SoundTrack[] {
    return this.#hls.audioTracks.map(({ name, lang }, id) => ({ id, label: name, language: lang ?? null }));
  }

  #load(): void {
    this.#address.manifest().then(
      (url) => this.#hls.loadSource(url),
      () => this.#tryAgain('network'),
    );
  }

  #reload(): void {
    this.#staleLevels = false;
    this.#hls.config.startPosition = this.video.currentTime;
    this.#load();
  }

  #failed(data: ErrorData): void {
    const refused = FORBIDDEN.includes(data.response?.code ?? 0);
    if (refused) this.#address.expire();
    if (!data.fatal) return;
    const { ErrorTypes } = this.#library;
    if (data.type === ErrorTypes.NETWORK_ERROR) this.#tryAgain(refused ? 'link_expired' : 'network');
    else if (data.type === ErrorTypes.MEDIA_ERROR) this.#recoverMedia();
    else this.#setTrouble('media');
  }

  /** Goes on by itself after a while; says so only when the first try did not help. */
  #tryAgain(trouble: PlayerTrouble): void {
    const pause = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 0;
    this.#failures += 1;
    if (this.#failures > 1) this.#setTrouble(trouble);
    this.#later(pause, () => {
      if (this.#hls.levels.length === 0 || trouble === 'link_expired') this.#reload();
      else this.#hls.startLoad(this.video.currentTime);
    });
  }

  #recoverMedia(): void {
    const now = performance.now();
    if (now - this.#mediaFailedAt < MEDIA_RECOVERY_MS) {
      this.#setTrouble('media');
      return;
    }
    this.#mediaFailedAt = now;
    this.#hls.recoverMediaError();
  }

  #setTrouble(trouble: PlayerTrouble | null): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.emit({ kind: 'trouble', trouble });
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}
