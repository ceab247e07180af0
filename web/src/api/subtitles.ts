import type { RoomCode, VideoId, VideoView } from './generated/protocol';
import { request } from './request';
import { signedText } from './signed-text';
import { partsOf, type SubtitleTrack } from './video-parts';

/** The WebVTT of one track. */
export async function subtitleText(track: SubtitleTrack, film: VideoId, room: RoomCode): Promise<string> {
  const presentOf = (video: VideoView) => partsOf(video).subtitles.find(({ id }) => id === track.id)?.url;
  return (await signedText(track.url, film, room, presentOf)).text;
}

/** A file in any usual form as WebVTT. The server keeps nothing of it. */
export function convertSubtitles(file: File, room: RoomCode): Promise<string> {
  return request('POST', '/subtitles/convert', { room, body: file });
}

export interface SubtitleName {
  label: string;
  language: string | null;
}

/** For everybody who watches this film. */
export function addSubtitles(
  film: VideoId,
  file: File,
  { label, language }: SubtitleName,
  room: RoomCode,
): Promise<SubtitleTrack> {
  const query = new URLSearchParams({ label, ...(language === null ? {} : { language }) });
  return request('POST', `/videos/${film}/subtitles?${query}`, { room, body: file });
}

export function removeSubtitles(film: VideoId, track: string, room: RoomCode): Promise<void> {
  return request('DELETE', `/videos/${film}/subtitles/${track}`, { room });
}
