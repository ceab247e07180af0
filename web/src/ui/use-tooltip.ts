import { type FocusEvent, type MouseEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';

const LONG_PRESS_MS = 450;
/** Long enough to read two short lines. */
const READ_MS = 3_000;

/**
 * When a tooltip is shown. The mouse and the keyboard are the library's business; but it would also show it whenever the focus
 * comes back to a button, and on touch nothing would take it away again. A finger shows it by staying, for a while.
 */
export function useTooltip(byTap: boolean) {
  const [open, setOpen] = useState(false);
  const press = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const reading = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const touched = useRef(false);
  useEffect(
    () => () => {
      clearTimeout(press.current);
      clearTimeout(reading.current);
    },
    [],
  );

  const trigger = useMemo(() => {
    const show = () => {
      setOpen(true);
      reading.current = setTimeout(() => setOpen(false), READ_MS);
    };
    return {
      onPointerDown: (event: PointerEvent) => {
        touched.current = event.pointerType === 'touch';
        clearTimeout(press.current);
        clearTimeout(reading.current);
        if (touched.current) press.current = setTimeout(show, LONG_PRESS_MS);
      },
      onPointerUp: () => clearTimeout(press.current),
      onPointerCancel: () => clearTimeout(press.current),
      onFocus: (event: FocusEvent) => {
        if (!event.currentTarget.matches(':focus-visible')) event.preventDefault();
      },
      onClick: (event: MouseEvent) => {
        if (!byTap || !touched.current) return;
        event.preventDefault();
        show();
      },
    };
  }, [byTap]);
  return { open, setOpen, trigger };
}
