import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

export interface TabEntry<Id extends string> {
  id: Id;
  label: string;
  icon?: ReactNode;
  /** A small figure beside the label: unread messages. */
  badge?: ReactNode;
  content: ReactNode;
}

export interface TabsProps<Id extends string> {
  label: string;
  value: Id;
  onChange: (id: Id) => void;
  tabs: TabEntry<Id>[];
  className?: string;
  /** Keeps the hidden panels in the page, for content with a state of its own. */
  keepMounted?: boolean;
}

export function Tabs<Id extends string>({ label, value, onChange, tabs, className, keepMounted }: TabsProps<Id>) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(id) => onChange(id as Id)}
      className={classNames('flex min-h-0 flex-col gap-4', className)}
    >
      <Radix.List aria-label={label} className="flex gap-1 self-start rounded-full border border-line bg-inset p-1">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.id}
            value={tab.id}
            className="inline-flex h-9 items-center gap-2 rounded-full px-4 font-medium text-dim text-sm transition-colors hover:text-ink data-[state=active]:bg-hover data-[state=active]:text-ink"
          >
            {tab.icon}
            {tab.label}
            {tab.badge}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content
          key={tab.id}
          value={tab.id}
          {...(keepMounted ? { forceMount: true as const } : {})}
          className="flex min-h-0 flex-1 flex-col outline-offset-4 data-[state=inactive]:hidden"
        >
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
