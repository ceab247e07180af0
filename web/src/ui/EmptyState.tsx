import type { ReactNode } from 'react';

export interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** `h1` when it is all that the page shows. */
  titleAs?: 'p' | 'h1';
  text?: ReactNode;
  /** The way on. */
  action?: ReactNode;
  /** `alert` when something went wrong rather than nothing being there yet. */
  role?: 'alert';
}

/** Nothing here yet, or something did not work: says which, and what to do next. */
export function EmptyState({ icon, title, titleAs: Title = 'p', text, action, role }: EmptyStateProps) {
  return (
    <div role={role} className="flex flex-col items-center gap-3 px-6 py-10 text-center">
      <span className="mb-1 inline-flex size-14 items-center justify-center rounded-full border border-line bg-inset text-dim">
        {icon}
      </span>
      <Title className="text-balance font-semibold text-lg">{title}</Title>
      {text ? <p className="max-w-[44ch] text-pretty text-dim text-sm">{text}</p> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
