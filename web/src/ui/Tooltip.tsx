import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Key } from './Key';

export interface TooltipProps {
  text: ReactNode;
  shortcut?: string;
  side?: 'top' | 'bottom' | 'left' | 'right';
  /** One element that takes a ref and can be focused. */
  children: ReactNode;
}

/** Says more about what is under the pointer or focused. Never the only place where something is said. */
export function Tooltip({ text, shortcut, side = 'top', children }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={200}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
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
