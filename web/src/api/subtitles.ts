import type { RoomCode, VideoId } from './generated/protocol';
import { problemFrom } from './problem';
import { request } from './request';
import { partsOf, type SubtitleTrack } from './video-parts';
import { videoStatus } from './videos';

/** The WebVTT of one track. Its address expires, so a refusal is answered by asking for the present one. */
export async function subtitleText(track: SubtitleTrack, film: VideoId, room: RoomCode): Promise<string> {
  const first = await fetch(track.url);
  if (first.ok) return first.text();
  const { subtitles } = partsOf(await videoStatus(film, room));
  const present = subtitles.find(({ id }) => id === track.id);
  const second = present && present.url !== track.url ? await fetch(present.url) : first;
  if (!second.ok) throw await problemFrom(second);
  return second.text();
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
