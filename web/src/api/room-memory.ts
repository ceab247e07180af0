import type { RoomCode } from './generated/protocol';
import type { JoinGrant } from './types';

/** What this browser keeps about a room it has been in, so that a guest stays the same person. */
interface RoomMemory {
  guestToken: string;
  nickname: string;
  seenAtMs: number;
}

const STORAGE_KEY = 'syncwatch.rooms';
const NICKNAME_KEY = 'syncwatch.nickname';
const SUGGESTION_KEY = 'syncwatch.suggested-nickname';
const INSIDE_KEY = 'syncwatch.inside';

/** Guest tokens live a week; older entries are of no use. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

function readAll(): Record<string, RoomMemory> {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Record<string, RoomMemory>;
  } catch {
    return {};
  }
}

function writeAll(rooms: Record<string, RoomMemory>, nowMs: number): void {
  const kept = Object.entries(rooms).filter(([, room]) => nowMs - room.seenAtMs < KEPT_MS);
  localStorage.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries(kept)));
}

/** Remembers a grant: the guest's token for the next visit, and that this tab is inside. */
export function rememberGrant(grant: JoinGrant, nowMs = Date.now()): void {
  sessionStorage.setItem(INSIDE_KEY, grant.room.code);
  if (!grant.guestToken) return;
  const entry: RoomMemory = { guestToken: grant.guestToken, nickname: grant.nickname, seenAtMs: nowMs };
  writeAll({ ...readAll(), [grant.room.code]: entry }, nowMs);
  rememberNickname(grant.nickname);
}

export function guestToken(code: string): string | undefined {
  return readAll()[code]?.guestToken;
}

/**
 * The room whose guest becomes the account that he registers: the one he comes from, by the page's address or because
 * this tab is in it, and else the one he visited last. `undefined` for somebody who is no guest anywhere.
 */
export function guestRoom(cameFrom?: RoomCode): RoomCode | undefined {
  const rooms = readAll();
  const byVisit = Object.keys(rooms).sort((a, b) => (rooms[b]?.seenAtMs ?? 0) - (rooms[a]?.seenAtMs ?? 0));
  return [cameFrom, insideRoom(), ...byVisit].find((code) => code !== undefined && Object.hasOwn(rooms, code));
}

export function forgetGuest(code: string): void {
  const { [code]: _gone, ...rest } = readAll();
  localStorage.setItem(STORAGE_KEY, JSON.stringify(rest));
}

/** After a reload a tab that was inside goes back in without being asked. */
export function wasInside(code: string): boolean {
  return insideRoom() === code;
}

function insideRoom(): RoomCode | undefined {
  return sessionStorage.getItem(INSIDE_KEY) ?? undefined;
}

export function markOutside(): void {
  sessionStorage.removeItem(INSIDE_KEY);
}

/** The name somebody was known by last, or chose for himself; before that, the one he was offered. */
export function rememberedNickname(): string | undefined {
  return localStorage.getItem(NICKNAME_KEY) ?? localStorage.getItem(SUGGESTION_KEY) ?? undefined;
}

export function rememberNickname(nickname: string): void {
  localStorage.setItem(NICKNAME_KEY, nickname);
}

export function rememberSuggestion(nickname: string): void {
  localStorage.setItem(SUGGESTION_KEY, nickname);
}
