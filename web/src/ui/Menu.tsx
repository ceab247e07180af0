import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

export type MenuEntry =
  | { kind: 'item'; label: string; icon?: ReactNode; danger?: boolean; disabled?: boolean; onSelect: () => void }
  /** One of several that exclude each other: a speed, a quality. */
  | { kind: 'choice'; label: string; checked: boolean; onSelect: () => void }
  /** One of several: a radio group. */
  | {
      kind: 'options';
      value: string;
      options: { value: string; label: string; hint?: string }[];
      onSelect: (value: string) => void;
    }
  /** On or off by itself. */
  | { kind: 'toggle'; label: string; icon?: ReactNode; checked: boolean; onSelect: () => void }
  | { kind: 'label'; label: string }
  | { kind: 'separator' };

export interface MenuProps {
  /** A button; the menu opens from it. */
  trigger: ReactNode;
  entries: MenuEntry[];
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom';
}

const ITEM =
  'flex min-h-10 cursor-default select-none items-center gap-3 rounded-sm px-3 text-sm outline-none data-disabled:opacity-40 data-highlighted:bg-hover';

export function Menu({ trigger, entries, align = 'end', side = 'bottom' }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={8}
          collisionPadding={8}
          className="glass-floating z-50 min-w-48 max-w-80 animate-fade rounded-md p-1.5 text-ink"
        >
          {entries.map((entry, index) => (
            // Entries are a fixed list that never reorders while open, and separators have no name of their own.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <MenuLine key={index} entry={entry} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function MenuLine({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'separator':
      return <Radix.Separator className="mx-2 my-1.5 h-px bg-line" />;
    case 'label':
      return <Radix.Label className="px-3 pt-1.5 pb-1 font-medium text-faint text-xs">{entry.label}</Radix.Label>;
    case 'choice':
    case 'toggle':
      return (
        <Radix.CheckboxItem
          role={entry.kind === 'choice' ? 'menuitemradio' : 'menuitemcheckbox'}
          checked={entry.checked}
          onSelect={entry.onSelect}
          className={ITEM}
        >
          {entry.kind === 'toggle' ? entry.icon : null}
          <span className="flex-1">{entry.label}</span>
          <Radix.ItemIndicator>
            <Check size={16} className="text-accent-text" aria-hidden="true" />
          </Radix.ItemIndicator>
        </Radix.CheckboxItem>
      );
    case 'options':
      return (
        <Radix.RadioGroup value={entry.value} onValueChange={entry.onSelect}>
          {entry.options.map((option) => (
            <Radix.RadioItem key={option.value} value={option.value} className={ITEM}>
              <span className="flex-1">{option.label}</span>
              {option.hint ? (
                <span className="text-faint text-xs" aria-hidden="true">
                  {option.hint}
                </span>
              ) : null}
              <span className="size-4">
                <Radix.ItemIndicator>
                  <Check size={16} className="text-accent-text" aria-hidden="true" />
                </Radix.ItemIndicator>
              </span>
            </Radix.RadioItem>
          ))}
        </Radix.RadioGroup>
      );
    case 'item':
      return (
        <Radix.Item
          disabled={entry.disabled ?? false}
          onSelect={entry.onSelect}
          className={classNames(ITEM, entry.danger && 'text-alert')}
        >
          {entry.icon}
          {entry.label}
        </Radix.Item>
      );
  }
}
