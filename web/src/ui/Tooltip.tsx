import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Key } from './Key';
import { useTooltip } from './use-tooltip';

export interface TooltipProps {
  text: ReactNode;
  shortcut?: string;
  side?: 'top' | 'bottom' | 'left' | 'right';
  /** A tap shows it: for what does nothing else. By default a finger has to stay, because a tap is for the button's own work. */
  byTap?: boolean;
  /** One element that takes a ref and can be focused. */
  children: ReactNode;
}

/** Says more about what is under the pointer or focused. Never the only place where something is said. */
export function Tooltip({ text, shortcut, side = 'top', byTap = false, children }: TooltipProps) {
  const { open, setOpen, trigger } = useTooltip(byTap);
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={200}>
      <Radix.Root open={open} onOpenChange={setOpen}>
        <Radix.Trigger asChild {...trigger}>
          {children}
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={8}
            collisionPadding={8}
            className="glass-floating z-50 flex max-w-64 animate-fade items-center gap-2 rounded-sm px-2.5 py-1.5 font-medium text-ink text-xs"
          >
            {text}
            {shortcut ? <Key>{shortcut}</Key> : null}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
