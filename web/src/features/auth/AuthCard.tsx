import type { ReactNode } from 'react';
import { Panel } from '@/ui/Panel';

/** One card in the middle of the page. */
export function AuthCard({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <Panel className="mx-auto mt-[8vh] flex w-full max-w-md flex-col gap-6 p-6 sm:p-8">
      <header className="flex flex-col gap-1.5">
        <h1 className="font-semibold text-xl tracking-[-0.02em]">{title}</h1>
        {lead ? <p className="text-pretty text-dim text-sm">{lead}</p> : null}
      </header>
      {children}
    </Panel>
  );
}
