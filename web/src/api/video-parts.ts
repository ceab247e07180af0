/*
 * What a server may tell of a film besides the generated `VideoView`. An older server tells none of it, so each part can be
 * missing; here alone that is looked at.
 */
import type { MediaTime, VideoView } from './generated/protocol';

/** Subtitles of the whole film as one WebVTT file, at a signed path that expires. */
export interface SubtitleTrack {
  id: string;
  label: string;
  /** BCP 47 or ISO 639, when somebody said which. */
  language: string | null;
  /** Only what everybody needs: signs, and speech in another language than the film's. */
  forced: boolean;
  origin: 'embedded' | 'added';
  note: 'converted_from_ass' | null;
  url: string;
}

export interface VideoParts {
  subtitles: readonly SubtitleTrack[];
  /** A WebVTT file that names the pictures for the seek bar. */
  thumbnailsUrl: string | null;
  /** How many are made before this one is, itself included. */
  queuePlace: number | null;
  expiresAtMs: MediaTime | null;
}

const NO_SUBTITLES: readonly SubtitleTrack[] = [];

export function partsOf(video: VideoView): VideoParts {
  const told = video as VideoView & Partial<VideoParts>;
  return {
    subtitles: told.subtitles ?? NO_SUBTITLES,
    thumbnailsUrl: told.thumbnailsUrl ?? null,
    queuePlace: told.queuePlace ?? null,
    expiresAtMs: told.expiresAtMs ?? null,
  };
}
