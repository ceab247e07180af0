import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** The line under a field: a hint, or what is wrong with what was entered. */
export function FieldNote({ id, tone, children }: { id: string; tone: 'hint' | 'error'; children: ReactNode }) {
  if (tone === 'hint') {
    return (
      <p id={id} className="text-faint text-xs">
        {children}
      </p>
    );
  }
  return (
    <p id={id} role="alert" className="flex items-start gap-1.5 text-alert text-sm">
      <CircleAlert size={16} className="mt-0.5 shrink-0" aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}
