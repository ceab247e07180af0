import type { RoomCode, VideoId, VideoView } from './generated/protocol';
import { request } from './request';
import type { VideoList, VideoManifest } from './types';

export function listVideos(): Promise<VideoList> {
  return request('GET', '/videos');
}

export function videoStatus(id: VideoId, room?: RoomCode): Promise<VideoView> {
  return request('GET', `/videos/${id}/status`, { room });
}

/** A film on another server, looked at first; refused with the reason when it cannot be watched together. */
export function addLink(url: string, room?: RoomCode): Promise<VideoView> {
  return request('POST', '/videos/links', { body: { url }, room });
}

/** Where the player finds the film. The addresses expire; ask again before `expiresAtMs`. */
export function videoManifest(id: VideoId, room?: RoomCode): Promise<VideoManifest> {
  const query = room ? `?room=${encodeURIComponent(room)}` : '';
  return request('GET', `/videos/${id}/manifest${query}`, { room });
}

/** The same for the query cache, which keeps it under this name. */
export const MY_VIDEOS = { queryKey: ['videos'], queryFn: listVideos };

/** The film if this person brought it: only he may have it made again, rename it or delete it. */
export async function ownVideo(id: VideoId, room: RoomCode): Promise<VideoView | null> {
  const { items } = await request<VideoList>('GET', '/videos', { room });
  return items.find((video) => video.id === id) ?? null;
}

/** What was found in the file and decided about it; the document is read by whoever shows it. */
export function videoDetails(id: VideoId): Promise<unknown> {
  return request('GET', `/videos/${id}/details`);
}

export function renameVideo(id: VideoId, title: string): Promise<VideoView> {
  return request('PATCH', `/videos/${id}`, { body: { title } });
}

export function retryVideo(id: VideoId, room?: RoomCode): Promise<void> {
  return request('POST', `/videos/${id}/retry`, { room });
}

export function deleteVideo(id: VideoId, room?: RoomCode): Promise<void> {
  return request('DELETE', `/videos/${id}`, { room });
}
