import { send } from './client';
import type { RoomCode } from './generated/protocol';
import { request } from './request';
import { markOutside, rememberGrant } from './room-memory';
import type { CreateRoomRequest, JoinGrant, JoinRoomRequest, Page, RoomInfo } from './types';

/** Makes a room; its maker is in it at once. */
export async function createRoom(body: CreateRoomRequest): Promise<JoinGrant> {
  const grant = await request<JoinGrant>('POST', '/rooms', { body });
  rememberGrant(grant);
  keepGrant(grant);
  return grant;
}

/** What is known about a room from outside. */
export function roomInfo(code: RoomCode): Promise<RoomInfo> {
  return request('GET', `/rooms/${encodeURIComponent(code)}`, { room: code });
}

/** Enters a room, or comes back to it as the same person. Also the way to a fresh join token. */
export async function joinRoom(code: RoomCode, body: JoinRoomRequest = {}): Promise<JoinGrant> {
  const path = `/rooms/${encodeURIComponent(code)}/join`;
  const grant = await request<JoinGrant>('POST', path, { room: code, body });
  rememberGrant(grant);
  return grant;
}

export function deleteRoom(code: RoomCode): Promise<void> {
  return request('DELETE', `/rooms/${encodeURIComponent(code)}`, { room: code });
}

/** Rooms of this account that are still open, newest first. */
function myRooms(): Promise<Page<RoomInfo>> {
  return request('GET', '/rooms/mine');
}

/** The same for the query cache, which keeps it under this name. */
export const MY_ROOMS = { queryKey: ['rooms', 'mine'], queryFn: myRooms };

/** This tab is not in a room any more: a reload shows the lobby. Guests keep who they were. */
export function leaveRoom(): void {
  markOutside();
}

export async function generateNickname(): Promise<string> {
  return (await send<{ nickname: string }>('GET', '/nickname')).nickname;
}

/** The grant of a room made a moment ago waits here for the room's page to open. */
let kept: JoinGrant | undefined;

function keepGrant(grant: JoinGrant): void {
  kept = grant;
}

export function keptGrant(code: RoomCode): JoinGrant | undefined {
  return kept?.room.code === code ? kept : undefined;
}

/** Once the page has it. A grant lives a minute and is of no use later. */
export function dropKeptGrant(): void {
  kept = undefined;
}
