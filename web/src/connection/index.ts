/** The live connection to a room and the state that it feeds. */

export type { ChatLog, OwnLine } from './chat-log';
export { SessionProvider, useLive, useRoom, useSession } from './context';
export type { ConnectionState, Deed, LiveRoom, Notice, PendingCommand, PlaybackWish } from './live-room';
export { can, type Permission, type RoomRules } from './permissions';
export { type RoomRequest, RoomSession } from './room-session';
export { useSecondsUntil } from './use-seconds-until';
