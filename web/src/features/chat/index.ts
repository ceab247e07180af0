/** The chat of a room. */

export { ChatOverlay } from './ChatOverlay';
export { ChatPanel } from './ChatPanel';
export { useUnread } from './use-unread';
