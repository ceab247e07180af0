import type { ManifestSource, Opening, Player } from './player';

export type OpenedPlayer = { kind: 'open'; player: Player } | { kind: 'unsupported' };

/**
 * Opens a film in a `<video>`, near the place where it will be needed. hls.js is half of the application's size, so it
 * comes only now. It is preferred to the browser's own HLS: Chromium answers "maybe" to that and then cannot.
 */
export async function openPlayer(
  video: HTMLVideoElement,
  source: ManifestSource,
  opening: Opening,
  signal: AbortSignal,
): Promise<OpenedPlayer | null> {
  if (source.kind === 'file') {
    const { FilePlayer } = await import('./file');
    return signal.aborted ? null : { kind: 'open', player: new FilePlayer(video, source, opening) };
  }
  const { default: Hls } = await import('hls.js');
  if (signal.aborted) return null;
  if (Hls.isSupported()) {
    const { HlsPlayer } = await import('./hls');
    return signal.aborted ? null : { kind: 'open', player: new HlsPlayer(Hls, video, source, opening) };
  }
  if (video.canPlayType('application/vnd.apple.mpegurl') === '') return { kind: 'unsupported' };
  const { NativeHlsPlayer } = await import('./native-hls');
  return signal.aborted ? null : { kind: 'open', player: new NativeHlsPlayer(video, source, opening) };
}
