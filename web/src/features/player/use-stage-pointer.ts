/** Mouse and finger on the film: a click plays or pauses, a double click fills the screen, a tap shows the controls. */

import { type MouseEvent, type PointerEvent, useMemo, useRef } from 'react';

type StagePointer = {
  visible: boolean;
  wake: () => void;
  hide: () => void;
  toggle: () => void;
  fullscreen: () => void;
};

/** A second click within this time makes it a double click, and then the first must not have paused the room. */
const DOUBLE_CLICK_MS = 260;

export function useStagePointer({ visible, wake, hide, toggle, fullscreen }: StagePointer) {
  const wasVisible = useRef(true);
  const click = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const byTouch = useRef(false);

  return useMemo(
    () => ({
      onPointerMove: (event: PointerEvent) => {
        if (event.pointerType !== 'touch') wake();
      },
      onPointerDownCapture: (event: PointerEvent) => {
        byTouch.current = event.pointerType === 'touch';
        wasVisible.current = visible;
      },
      onClickCapture: (event: MouseEvent) => {
        if (!byTouch.current || wasVisible.current) return;
        // Nobody can aim at a button that is not to be seen: the first tap only brings them back.
        event.stopPropagation();
        event.preventDefault();
        wake();
      },
      onClick: (event: MouseEvent) => {
        if (!(event.target instanceof HTMLVideoElement)) {
          wake();
          return;
        }
        if (byTouch.current) {
          hide();
          return;
        }
        clearTimeout(click.current);
        if (event.detail > 1) fullscreen();
        else click.current = setTimeout(toggle, DOUBLE_CLICK_MS);
      },
      onPointerLeave: (event: PointerEvent) => {
        if (event.pointerType === 'mouse') hide();
      },
    }),
    [visible, wake, hide, toggle, fullscreen],
  );
}
