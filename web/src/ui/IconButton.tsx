import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';
import { Tooltip } from './Tooltip';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  /** What the button does; read aloud and shown as a tooltip. An icon alone is not a name. */
  label: string;
  icon: ReactNode;
  size?: 'sm' | 'md';
  /** Says that the thing it switches is on. */
  active?: boolean;
  /** A key that does the same, shown in the tooltip. */
  shortcut?: string;
}

const SIZES = { sm: 'size-9 touch-target', md: 'size-11' } as const;

export function IconButton({ label, icon, size = 'md', active, shortcut, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut ? { shortcut } : {})}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={active}
        className={classNames(
          'inline-flex shrink-0 items-center justify-center rounded-full transition-[background-color,color,scale] active:scale-95 disabled:pointer-events-none disabled:opacity-40',
          active ? 'bg-accent-soft text-accent-text' : 'text-dim hover:bg-hover hover:text-ink',
          SIZES[size],
          className,
        )}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
