import type { CSSProperties } from 'react';
import { Avatar } from '@/ui/Avatar';
import { classNames } from '@/ui/class-names';
import { Ring } from '@/ui/Ring';
import './living-picture.css';

/** The people in the picture. Names and talk are part of a picture, so they are not translated. */
const VIEWERS = [
  { name: 'Ada', colour: 1, place: 'living-large', talk: false },
  { name: 'Ben', colour: 0, place: 'living-small', talk: false },
  { name: 'Chioma', colour: 2, place: 'living-phone', talk: true },
];

const TALK = [
  { id: 'a', colour: 2, width: '72%' },
  { id: 'b', colour: 1, width: '46%' },
  { id: 'c', colour: 2, width: '58%' },
  { id: 'd', colour: 3, width: '66%' },
];

/** Three screens, one scene, one clock. All of it is CSS on one timeline, so it is in step by construction. */
export function LivingPicture({ label }: { label: string }) {
  return (
    <div role="img" aria-label={label} className="living-picture" data-scheme="dark">
      {VIEWERS.map((viewer) => (
        <div
          key={viewer.name}
          className={classNames('living-frame', viewer.place)}
          style={{ '--tint': `var(--person-${viewer.colour + 1})` } as CSSProperties}
        >
          <div className="living-screen">
            <Scene />
            <div className="living-bar">
              <div className="living-progress" />
            </div>
          </div>
          <div className="living-viewer">
            <Avatar name={viewer.name} colour={viewer.colour} size="sm" />
            <span className="living-name">{viewer.name}</span>
            <Ring state="good" size={14} />
          </div>
          {viewer.talk ? <Talk /> : null}
        </div>
      ))}
    </div>
  );
}

/** The chat below the film on a phone, as shapes: who speaks, and how long. */
function Talk() {
  return (
    <div className="living-talk">
      {TALK.map(({ id, colour, width }) => (
        <div key={id} className="living-line">
          <span className="living-dot" style={{ background: `var(--person-${colour})` }} />
          <span className="living-words" style={{ width }} />
        </div>
      ))}
    </div>
  );
}

/** A moon that crosses the sky over hills and a sea: slow enough not to call for attention. */
function Scene() {
  return (
    <svg viewBox="0 0 320 180" preserveAspectRatio="xMidYMid slice" className="living-scene" aria-hidden="true">
      <rect width="320" height="180" className="living-sky" />
      <g className="living-stars" fill="white">
        <circle cx="40" cy="28" r="0.9" />
        <circle cx="92" cy="52" r="0.7" />
        <circle cx="138" cy="22" r="1" />
        <circle cx="196" cy="40" r="0.7" />
        <circle cx="238" cy="18" r="0.9" />
        <circle cx="286" cy="48" r="0.8" />
        <circle cx="64" cy="74" r="0.6" />
        <circle cx="262" cy="80" r="0.6" />
      </g>
      <g className="living-moon">
        <circle cx="0" cy="0" r="42" fill="white" opacity="0.06" />
        <circle cx="0" cy="0" r="28" fill="white" opacity="0.1" />
        <circle cx="0" cy="0" r="17" className="living-disc" />
      </g>
      <path
        className="living-far"
        d="M-60 128c40-34 66-30 100-8s58 6 92-16 62-10 92 12 60 8 96-14 60-6 100 14v90h-480z"
      />
      <path
        className="living-near"
        d="M-80 150c50-22 88-20 130-4s80 10 120-6 84-12 124 4 78 6 120-8 70 0 106 10v60h-600z"
      />
      <g className="living-boat">
        <path d="M0 0h26c-2 5-5 7-9 7h-9c-4 0-7-2-8-7z" />
        <path d="M12-2v-22c7 5 11 12 12 22z" opacity="0.9" />
        <path d="M10-2v-16c-5 4-8 9-9 16z" opacity="0.7" />
      </g>
    </svg>
  );
}
