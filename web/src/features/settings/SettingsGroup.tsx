import { type ReactNode, useId } from 'react';
import { Panel } from '@/ui/Panel';

export function SettingsGroup({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <Panel aria-labelledby={id} className="flex flex-col gap-5 p-5 sm:p-6">
      <h2 id={id} className="font-semibold text-base">
        {title}
      </h2>
      {children}
    </Panel>
  );
}
