/*
 * The REST API's documents under the names that the application uses. All of them come from the generated types; where
 * both generators know a type, such as a video, the protocol's wins, because the room's socket brings the same thing.
 */
import type { VideoView } from './generated/protocol';
import type { components } from './generated/rest';

type Schemas = components['schemas'];

export type Account = Schemas['UserView'];
export type AuthSession = Schemas['AuthSession'];
export type Registration = Schemas['Registration'];

export type RoomInfo = Schemas['RoomInfo'];
/** Everything has a default on the server. */
export type CreateRoomRequest = Partial<Schemas['RoomWish']>;
export type JoinRoomRequest = Partial<Schemas['Knock']>;
/** The right to open the room's socket, for the next minute. */
export type JoinGrant = Schemas['JoinGrant'];

export type VideoList = Omit<Schemas['VideoList'], 'items'> & { items: VideoView[] };
export type VideoManifest = Schemas['Manifest'];

export interface Page<Item> {
  items: Item[];
  next?: string | null;
}

/** RFC 9457, as the API writes it. The code is open: a newer server may know more of them than this page. */
export type ProblemDocument = Omit<Schemas['Problem'], 'code' | 'errors' | 'requestId'> & {
  code: string;
  requestId?: string;
  errors?: { field: string; code: string; message: string }[];
};
