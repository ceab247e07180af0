/** Players: one adapter for each kind of source behind one interface. */

export { type Adapter, capabilitiesOf } from './capabilities';
export type { EngineName } from './engine';
export { type OpenedPlayer, openPlayer } from './open-player';
export type {
  Autoplay,
  FrameCounts,
  Load,
  ManifestSource,
  Opening,
  Player,
  PlayerEvent,
  PlayerTrouble,
  Qualities,
  Quality,
  QualityChoice,
} from './player';
export { NO_SOUND_TRACKS, type SoundTrack, type SoundTracks, type SoundWish } from './sound';
