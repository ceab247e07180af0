import type { WayOut } from './use-entrance';

/** What a closed door says and offers. */
export interface Door {
  title: `lobby.door.${'notFound' | 'expired' | 'banned' | 'kicked' | 'deleted' | 'needsAccount' | 'other'}`;
  /** The problem whose words explain it. */
  code: string;
  wayOn: 'home' | 'new' | 'login' | 'back';
}

const DOORS: Record<string, Door> = {
  room_not_found: { title: 'lobby.door.notFound', code: 'room_not_found', wayOn: 'home' },
  room_code_invalid: { title: 'lobby.door.notFound', code: 'room_code_invalid', wayOn: 'home' },
  room_expired: { title: 'lobby.door.expired', code: 'room_expired', wayOn: 'new' },
  expired: { title: 'lobby.door.expired', code: 'room_expired', wayOn: 'new' },
  room_closed: { title: 'lobby.door.deleted', code: 'room_closed', wayOn: 'new' },
  deleted: { title: 'lobby.door.deleted', code: 'room_closed', wayOn: 'new' },
  room_banned: { title: 'lobby.door.banned', code: 'room_banned', wayOn: 'home' },
  banned: { title: 'lobby.door.banned', code: 'room_banned', wayOn: 'home' },
  room_kicked: { title: 'lobby.door.kicked', code: 'room_kicked', wayOn: 'back' },
  kicked: { title: 'lobby.door.kicked', code: 'room_kicked', wayOn: 'back' },
  room_needs_account: { title: 'lobby.door.needsAccount', code: 'room_needs_account', wayOn: 'login' },
};

/** One door for each reason; an unknown reason still gets words and two ways on. */
export function doorFor(why: WayOut): Door {
  return DOORS[why] ?? { title: 'lobby.door.other', code: why, wayOn: 'back' };
}
