import type { PlaybackControl, VideoId } from '@/api/generated/protocol';
import type { CreateRoomRequest } from '@/api/types';

/** What somebody may want of a room before it exists. Most people want none of it. */
export interface RoomWishes {
  name: string;
  maxParticipants: number;
  password: string;
  playbackControl: PlaybackControl;
  videoId: VideoId | undefined;
}

/** A room started with one click lets everybody press play: it is for friends. */
export const UNCHANGED: RoomWishes = {
  name: '',
  maxParticipants: 5,
  password: '',
  playbackControl: 'all',
  videoId: undefined,
};

/** Leaves out what was left empty, so that the server's own defaults hold. */
export function roomRequest(wishes: RoomWishes, nickname: string | undefined): CreateRoomRequest {
  const name = wishes.name.trim();
  const calledBy = nickname?.trim();
  return {
    playbackControl: wishes.playbackControl,
    maxParticipants: wishes.maxParticipants,
    ...(name ? { name } : {}),
    ...(wishes.password ? { password: wishes.password } : {}),
    ...(wishes.videoId ? { videoId: wishes.videoId } : {}),
    ...(calledBy ? { nickname: calledBy } : {}),
  };
}
