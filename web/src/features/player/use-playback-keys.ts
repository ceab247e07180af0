/** The room's keys. They work wherever the focus is, except where it types or where the key has a meaning of its own. */

import { useEffect, useRef } from 'react';
import { PointerFocus } from './pointer-focus';

export type PlaybackKeys = {
  toggle: () => void;
  skip: (seconds: number) => void;
  fullscreen: () => void;
  mute: () => void;
  sidebar: () => void;
  help: () => void;
  /** Shows the subtitles so many steps later. */
  delaySubtitle: (steps: number) => void;
};

export const SKIP_SECONDS = 5;

export function usePlaybackKeys(keys: PlaybackKeys): void {
  const pointerFocus = useRef<PointerFocus | null>(null);
  useEffect(() => {
    const listening = new AbortController();
    pointerFocus.current = new PointerFocus(USES_SPACE, listening.signal);
    return () => listening.abort();
  }, []);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const pressed = (event: KeyboardEvent) => {
      if (hasModifier(event) || event.defaultPrevented) return;
      const action = actionOf(event, keys);
      if (action === null || !isFree(event.target, event.key)) return;
      event.preventDefault();
      action();
    };
    // Before the button itself hears of it, which would open its menu.
    const pressedOnButton = (event: KeyboardEvent) => {
      if (event.key !== ' ' || hasModifier(event)) return;
      const button = buttonOf(event.target);
      if (button === null || pointerFocus.current?.holds(button) !== true) return;
      event.preventDefault();
      event.stopPropagation();
      // Where it stays focused, some browsers press it when the key comes up.
      button.blur();
      if (!event.repeat) keys.toggle();
    };
    document.addEventListener('keydown', pressedOnButton, { capture: true, signal });
    document.addEventListener('keydown', pressed, { signal });
    return () => listening.abort();
  }, [keys]);
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey;
}

/** The button that has the focus, unless it belongs to a dialog: there Space presses whatever has the focus. */
function buttonOf(target: EventTarget | null): HTMLElement | null {
  const button = target instanceof Element ? target.closest<HTMLElement>(USES_SPACE) : null;
  return button === null || button.closest('[role="dialog"], [role="menu"]') ? null : button;
}

function actionOf(event: KeyboardEvent, keys: PlaybackKeys): (() => void) | null {
  if (event.key === 'ArrowLeft') return () => keys.skip(-SKIP_SECONDS);
  if (event.key === 'ArrowRight') return () => keys.skip(SKIP_SECONDS);
  if (event.key === 'g') return () => keys.delaySubtitle(-1);
  if (event.key === 'h') return () => keys.delaySubtitle(1);
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
