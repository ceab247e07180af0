import { Popover as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';

export interface PopoverProps {
  /** A button; the popover opens from it. */
  trigger: ReactNode;
  title: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
  children: ReactNode;
}

/** A few controls beside the button that shows them. For one choice out of a list use `Menu`, for a form `Dialog`. */
export function Popover({
  trigger,
  title,
  open,
  onOpenChange,
  side = 'bottom',
  align = 'end',
  children,
}: PopoverProps) {
  const titleId = useId();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          align={align}
          sideOffset={8}
          collisionPadding={8}
          aria-labelledby={titleId}
          className="glass-reading z-40 flex max-h-(--radix-popover-content-available-height) w-[min(22rem,calc(100vw-1rem))] animate-fade flex-col gap-3 overflow-y-auto rounded-md p-4 text-ink outline-none"
        >
          <h2 id={titleId} className="font-medium text-faint text-xs">
            {title}
          </h2>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
