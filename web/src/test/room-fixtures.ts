import type { ChatMessage, Participant, RoomSettings, RoomView, VideoView } from '@/api/generated/protocol';
import type { JoinGrant } from '@/api/types';
import { playbackWith } from './timeline-fixtures';

export const GRANT = {
  room: { code: 'K7MQ4XWP' },
  participantId: 'ada',
  nickname: 'Ada',
  joinToken: 'join-token',
  socketPath: '/rt/rooms/room',
} as JoinGrant; // the rest of a grant is for the lobby

export const SETTINGS: RoomSettings = {
  name: 'Film night',
  maxParticipants: 5,
  playbackControl: 'all',
  privacy: 'private',
  chat: true,
  guestChat: true,
  autoHandover: true,
  ownerLock: true,
  waiting: 'go_on',
};

export function person(changes: Partial<Participant> = {}): Participant {
  return {
    id: 'ada',
    name: 'Ada',
    role: 'guest',
    kind: 'guest',
    canControl: true,
    selected: false,
    joinedAtMs: 0,
    presence: 'online',
    sync: 'unknown',
    driftMs: null,
    positionMs: null,
    roundTripMs: null,
    colour: 0,
    ...changes,
  };
}

export function video(changes: Partial<VideoView> = {}): VideoView {
  return {
    id: '01890000-0000-7000-8000-000000000001',
    title: 'Film',
    status: 'ready',
    playable: true,
    progress: 1,
    etaSeconds: null,
    stalled: false,
    durationMs: 3_600_000,
    width: 1920,
    height: 1080,
    renditions: [],
    subtitles: [],
    failure: null,
    sizeBytes: 1,
    posterUrl: null,
    link: null,
    thumbnailsUrl: null,
    createdAtMs: 0,
    expiresAtMs: null,
    ...changes,
  };
}

export function roomView(changes: Partial<RoomView> = {}): RoomView {
  return {
    id: 'room',
    code: 'K7MQ4XWP',
    status: 'waiting',
    ownerId: 'ada',
    settings: SETTINGS,
    playback: playbackWith(),
    video: video(),
    participants: [person(), person({ id: 'ben', name: 'Ben', colour: 1 })],
    queue: [],
    banned: [],
    delegateId: null,
    waiting: null,
    placesCap: 5,
    ...changes,
  };
}

export function chatLine(position: number, changes: Partial<ChatMessage> = {}): ChatMessage {
  return {
    position,
    sentAtMs: position,
    author: 'ben',
    authorName: 'Ben',
    body: { kind: 'text', text: `line ${position}` },
    ...changes,
  };
}
