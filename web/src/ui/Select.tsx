import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { useId } from 'react';
import { classNames } from './class-names';
import { FieldNote } from './FieldNote';

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  /** What choosing it means, where the label alone does not say. */
  hint?: string;
}

export interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  options: SelectOption<Value>[];
  onChange: (value: Value) => void;
  disabled?: boolean;
  className?: string;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, disabled = false, className } = props;
  const id = useId();
  const hint = options.find((option) => option.value === value)?.hint;
  return (
    <div className={classNames('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="font-medium text-dim text-sm">
        {label}
      </label>
      <Radix.Root value={value} onValueChange={(next) => onChange(next as Value)} disabled={disabled}>
        <Radix.Trigger
          id={id}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className="flex h-11 items-center justify-between gap-3 rounded-md border border-line-strong/50 bg-inset px-3.5 text-left text-base text-ink hover:border-line-strong disabled:opacity-50"
        >
          <span className="truncate">
            <Radix.Value />
          </span>
          <Radix.Icon>
            <ChevronDown size={18} className="text-faint" aria-hidden="true" />
          </Radix.Icon>
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            position="popper"
            sideOffset={6}
            collisionPadding={8}
            className="glass-floating z-50 max-h-72 min-w-(--radix-select-trigger-width) max-w-(--radix-select-content-available-width) animate-fade rounded-md p-1.5 text-ink"
          >
            <Radix.Viewport>
              {options.map((option) => (
                <Radix.Item
                  key={option.value}
                  value={option.value}
                  className="flex min-h-10 cursor-default select-none items-center justify-between gap-6 rounded-sm px-3 text-sm outline-none data-highlighted:bg-hover"
                >
                  <span className="flex min-w-0 max-w-[max(20rem,calc(var(--radix-select-trigger-width)-5rem))] flex-col py-1">
                    <Radix.ItemText>{option.label}</Radix.ItemText>
                    {option.hint ? <span className="text-faint text-xs">{option.hint}</span> : null}
                  </span>
                  <Radix.ItemIndicator className="shrink-0">
                    <Check size={16} className="text-accent-text" aria-hidden="true" />
                  </Radix.ItemIndicator>
                </Radix.Item>
              ))}
            </Radix.Viewport>
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
      {hint ? (
        <FieldNote id={`${id}-hint`} tone="hint">
          {hint}
        </FieldNote>
      ) : null}
    </div>
  );
}
