import { useState } from 'react';
import type { MediaTime } from '@/api/generated/protocol';
import { formatMediaTime } from '@/lib/format';
import { classNames } from '@/ui/class-names';
import { shareOf } from './seek-bar';
import { pictureAt, type SeekPicture } from './seek-pictures';
import { useSeekPictures } from './use-seek-pictures';

/** Half of what the time alone takes. */
const TIME_HALF_PX = 24;
const PADDING_PX = 4;

/** Above the seek bar where the pointer or the finger is: the time there, and what is to be seen then. */
export function SeekPreview({ positionMs, lengthMs }: { positionMs: MediaTime; lengthMs: MediaTime }) {
  const { pictures, renew } = useSeekPictures();
  const picture = pictureAt(pictures, positionMs);
  const half = picture ? picture.width / 2 + PADDING_PX : TIME_HALF_PX;
  return (
    <output
      className="glass-floating tabular pointer-events-none absolute bottom-full z-10 flex -translate-x-1/2 flex-col items-center gap-1 rounded-sm p-1 font-medium text-xs"
      style={{ left: `clamp(${half}px, ${shareOf(positionMs, lengthMs) * 100}%, calc(100% - ${half}px))` }}
      aria-hidden="true"
    >
      {picture ? <Picture key={picture.url} picture={picture} onGone={renew} /> : null}
      <span className="px-1">{formatMediaTime(positionMs)}</span>
    </output>
  );
}

/** One tile of the image; its place is kept while the image comes. */
function Picture({ picture, onGone }: { picture: SeekPicture; onGone: () => void }) {
  const [loaded, setLoaded] = useState(false);
  const { url, x, y, width, height } = picture;
  return (
    <span className="block overflow-hidden rounded-[4px] bg-inset" style={{ width, height }}>
      <img
        src={url}
        alt=""
        className={classNames('block max-w-none transition-opacity', !loaded && 'opacity-0')}
        style={{ translate: `${-x}px ${-y}px` }}
        onLoad={() => setLoaded(true)}
        onError={onGone}
      />
    </span>
  );
}
