import { Check } from 'lucide-react';
import { RadioGroup as Radix } from 'radix-ui';

export interface RadioListProps {
  label: string;
  value: string;
  options: { value: string; label: string; hint?: string | undefined }[];
  onChange: (value: string) => void;
}

/** One out of a short list, all of it in sight. In a popover; a list that opens by itself is `Select` or `Menu`. */
export function RadioList({ label, value, options, onChange }: RadioListProps) {
  return (
    <Radix.Root aria-label={label} value={value} onValueChange={onChange} className="-mx-2 flex flex-col">
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          aria-label={option.label}
          className="flex min-h-11 items-center gap-3 rounded-sm px-2 text-left text-sm hover:bg-hover sm:min-h-9"
        >
          <span className="flex min-w-0 flex-1 flex-col py-1">
            <bdi className="wrap-anywhere">{option.label}</bdi>
            {option.hint ? <span className="text-faint text-xs">{option.hint}</span> : null}
          </span>
          <span className="size-4 shrink-0">
            <Radix.Indicator>
              <Check size={16} className="text-accent-text" aria-hidden="true" />
            </Radix.Indicator>
          </span>
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
