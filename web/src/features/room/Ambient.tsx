import { useEffect, useRef } from 'react';
import { useRoom } from '@/connection';
import { everyWhileVisible } from '@/lib/while-visible';
import { ambientColour } from './ambient-colour';

/** A few times a minute is enough for light to follow a film, and nothing that a laptop hears. */
const SAMPLE_MS = 6_000;
/** So few that nothing of the picture is left but its light once they are stretched over the screen. */
const WIDTH = 12;
const HEIGHT = 7;

/** The film as light behind everything: a few pixels of its picture, changing slowly. */
export function Ambient({ video }: { video: HTMLVideoElement | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const poster = useRoom((room) => room.video?.posterUrl ?? null);
  const playable = useRoom((room) => room.video?.playable === true);

  useEffect(() => {
    if (poster === null) return;
    const image = new Image();
    image.onload = () => canvas.current && shine(canvas.current, image, 1);
    image.src = poster;
    return () => {
      image.onload = null;
    };
  }, [poster]);

  useEffect(() => {
    if (!video || !playable) return;
    const sample = () => {
      if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || !canvas.current) return;
      // Laid thinly over what was there, so that a cut in the film is no flash in the room.
      shine(canvas.current, video, 0.6);
    };
    const stop = everyWhileVisible(SAMPLE_MS, sample);
    video.addEventListener('loadeddata', sample);
    return () => {
      stop();
      video.removeEventListener('loadeddata', sample);
    };
  }, [video, playable]);

  useEffect(() => () => void document.documentElement.style.removeProperty('--film-tint'), []);

  return (
    <div aria-hidden="true" className="room-ambient">
      <canvas ref={canvas} width={WIDTH} height={HEIGHT} />
    </div>
  );
}

/** A film from another server may be shown by its page, and its pixels read only if that server says so. */
function readable(context: CanvasRenderingContext2D): Uint8ClampedArray | null {
  try {
    return context.getImageData(0, 0, WIDTH, HEIGHT).data;
  } catch {
    return null;
  }
}

function shine(canvas: HTMLCanvasElement, picture: HTMLVideoElement | HTMLImageElement, strength: number): void {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return;
  context.globalAlpha = strength;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, WIDTH, HEIGHT);
  const data = readable(context);
  if (data !== null) document.documentElement.style.setProperty('--film-tint', ambientColour(data));
}
