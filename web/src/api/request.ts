import { type RequestOptions, send } from './client';
import { ProblemError } from './problem';
import { forgetGuest, guestToken } from './room-memory';
import { accessToken, refresh } from './session';

export interface AuthorizedOptions extends Omit<RequestOptions, 'bearer'> {
  /** A guest speaks with the token of the room he is in; somebody logged in always as himself. */
  room?: string | undefined;
}

/** The bearer for requests about this room: the account's, or else the guest's. */
export async function bearerFor(room: string | undefined): Promise<string | undefined> {
  return (await accessToken()) ?? (room ? guestToken(room) : undefined);
}

/** Asks as whoever is there. A token that is no good any more is renewed or dropped, and the question asked once more. */
export async function request<Answer>(method: string, path: string, options: AuthorizedOptions = {}): Promise<Answer> {
  const { room, ...rest } = options;
  const bearer = await bearerFor(room);
  try {
    return await send<Answer>(method, path, { ...rest, bearer });
  } catch (error) {
    if (!bearer || !(error instanceof ProblemError && error.isLapsed)) throw error;
    await renew(room);
    return send<Answer>(method, path, { ...rest, bearer: await bearerFor(room) });
  }
}

async function renew(room: string | undefined): Promise<void> {
  if (await accessToken()) {
    // When the session itself is over, nobody is logged in from here on, and the question is asked as nobody.
    await refresh().catch((error) => {
      if (!(error instanceof ProblemError && error.isRefusal)) throw error;
    });
  } else if (room) {
    forgetGuest(room);
  }
}
