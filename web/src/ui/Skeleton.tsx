import { classNames } from './class-names';

/** A quiet shape where content will be; give it the size of what comes, so that nothing moves when it does. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div
      aria-hidden="true"
      className={classNames(
        'animate-shimmer rounded-sm bg-[length:200%_100%] bg-linear-[100deg,var(--surface-inset)_30%,var(--surface-hover)_50%,var(--surface-inset)_70%]',
        className,
      )}
    />
  );
}
