import type { VideoId, VideoView } from './generated/protocol';
import { problemFrom } from './problem';
import { videoStatus } from './videos';

/** A text of a film, and the address at which it was found. */
export interface SignedText {
  text: string;
  address: string;
}

/** Fetches what lies at a signed address. Those expire, so a refusal is answered by asking for the present one. */
export async function signedText(
  address: string,
  film: VideoId,
  room: string,
  presentOf: (video: VideoView) => string | null | undefined,
): Promise<SignedText> {
  const first = await fetch(address);
  if (first.ok) return { text: await first.text(), address };
  const present = presentOf(await videoStatus(film, room));
  if (!present || present === address) throw await problemFrom(first);
  const second = await fetch(present);
  if (!second.ok) throw await problemFrom(second);
  return { text: await second.text(), address: present };
}
