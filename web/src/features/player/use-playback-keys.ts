/** The room's keys. They work wherever the focus is, except where it types or where the key has a meaning of its own. */

import { useEffect } from 'react';

export type PlaybackKeys = {
  toggle: () => void;
  skip: (seconds: number) => void;
  fullscreen: () => void;
  mute: () => void;
  sidebar: () => void;
  help: () => void;
};

export const SKIP_SECONDS = 5;

export function usePlaybackKeys(keys: PlaybackKeys): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const action = actionOf(event, keys);
      if (action === null || !isFree(event.target, event.key)) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [keys]);
}

function actionOf(event: KeyboardEvent, keys: PlaybackKeys): (() => void) | null {
  if (event.key === 'ArrowLeft') return () => keys.skip(-SKIP_SECONDS);
  if (event.key === 'ArrowRight') return () => keys.skip(SKIP_SECONDS);
  // A key that is held down repeats, and a film that starts and stops twenty times a second helps nobody.
  if (event.repeat) return null;
  switch (event.key) {
    case ' ':
      return keys.toggle;
    case 'f':
      return keys.fullscreen;
    case 'm':
      return keys.mute;
    case 'c':
      return keys.sidebar;
    case '?':
      return keys.help;
    default:
      return null;
  }
}

const TYPES_TEXT = 'input:not([type="range"]), textarea, select, [contenteditable="true"]';
/** Space presses these, arrows move in those. */
const USES_SPACE = 'button, a, summary, [role="switch"], [role="checkbox"], [role^="menuitem"], [role="option"]';
const USES_ARROWS = '[role="slider"], [role="tab"], [role^="menuitem"], [role="option"], [role="radio"]';

function isFree(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return true;
  if (target.closest(TYPES_TEXT) || target.closest('[role="dialog"]')) return false;
  if (key === ' ') return target.closest(USES_SPACE) === null;
  return !key.startsWith('Arrow') || target.closest(USES_ARROWS) === null;
}
