import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';
import { Spinner } from './Spinner';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'sm' | 'md' | 'lg';

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  /** Shows that the action is under way and refuses a second press; the label stays for screen readers. */
  busy?: boolean;
  /** Renders the single child (a link, for instance) in the button's clothes. */
  asChild?: boolean;
}

const VARIANTS: Record<ButtonVariant, string> = {
  primary:
    'bg-accent bg-linear-to-b from-(--accent-glow)/35 to-transparent text-accent-ink hover:bg-accent-hover shadow-[inset_0_1px_0_oklch(1_0_0/0.35),0_8px_24px_-10px_var(--accent)]',
  secondary: 'bg-inset text-ink border border-line hover:bg-hover',
  quiet: 'text-dim hover:bg-hover hover:text-ink',
  danger: 'bg-alert-soft text-alert hover:brightness-110',
};

const SIZES: Record<ButtonSize, string> = {
  sm: 'h-9 px-3.5 text-sm gap-1.5 touch-target',
  md: 'h-11 px-5 text-sm gap-2',
  lg: 'h-13 px-7 text-base gap-2.5',
};

const BASE =
  'inline-flex shrink-0 items-center justify-center rounded-full font-semibold whitespace-nowrap select-none transition-[background-color,color,scale,filter,opacity] active:scale-[0.98] disabled:opacity-45 disabled:pointer-events-none';

export function Button({
  variant = 'secondary',
  size = 'md',
  icon,
  busy = false,
  asChild = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  const classes = classNames(BASE, VARIANTS[variant], SIZES[size], className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" className={classes} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}
