import type { RoomCode, VideoId, VideoView } from './generated/protocol';
import { ProblemError } from './problem';
import { request } from './request';
import { signedText } from './signed-text';
import { partsOf, type SubtitleTrack } from './video-parts';

/** The WebVTT of one track. */
export async function subtitleText(track: SubtitleTrack, film: VideoId, room: RoomCode): Promise<string> {
  const presentOf = (video: VideoView) => partsOf(video).subtitles.find(({ id }) => id === track.id)?.url;
  return (await signedText(track.url, film, room, presentOf)).text;
}

/** More than any film has to say; a server that reads no further would cut the connection rather than answer. */
const MOST_BYTES = 1024 ** 2;

/** A file in any usual form as WebVTT. The server keeps nothing of it; the language helps it to guess how letters are coded. */
export async function convertSubtitles(file: File, language: string | null, room: RoomCode): Promise<string> {
  const query = language === null ? '' : `?language=${language}`;
  return request('POST', `/subtitles/convert${query}`, { room, body: checked(file) });
}

export interface SubtitleName {
  label: string;
  language: string | null;
}

/** For everybody who watches this film. */
export async function addSubtitles(
  film: VideoId,
  file: File,
  { label, language }: SubtitleName,
  room: RoomCode,
): Promise<SubtitleTrack> {
  const query = new URLSearchParams({ label, ...(language === null ? {} : { language }) });
  return request('POST', `/videos/${film}/subtitles?${query}`, { room, body: checked(file) });
}

function checked(file: File): File {
  if (file.size > MOST_BYTES) throw new ProblemError('too_large', 413);
  return file;
}

export function removeSubtitles(film: VideoId, track: string, room: RoomCode): Promise<void> {
  return request('DELETE', `/videos/${film}/subtitles/${track}`, { room });
}
