import type { LinkKind, RoomCode, VideoId } from '@/api/generated/protocol';
import { videoManifest } from '@/api/videos';
import type { ManifestSource } from '@/players';

/** The playlist or file of a film that a room watches, asked for by whoever is in that room. */
export function filmManifest(videoId: VideoId, kind: LinkKind, room: RoomCode): ManifestSource {
  return {
    kind,
    async fetch() {
      const { manifestUrl, expiresAtMs } = await videoManifest(videoId, room);
      return { url: manifestUrl, expiresAtMs };
    },
  };
}
