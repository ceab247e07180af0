import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from './class-names';
import { FieldNote } from './FieldNote';

export interface TextFieldProps extends ComponentProps<'input'> {
  label: string;
  /** Keeps the label for screen readers only, where the place explains itself. */
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
  /** Something at the field's end: a button, a unit. */
  trailing?: ReactNode;
}

export function TextField({ label, hideLabel, hint, error, trailing, className, id, ...rest }: TextFieldProps) {
  const generated = useId();
  const inputId = id ?? generated;
  const noteId = `${inputId}-note`;
  const note = error ?? hint;
  return (
    <div className={classNames('flex flex-col gap-1.5', className)}>
      <label htmlFor={inputId} className={hideLabel ? 'sr-only' : 'font-medium text-dim text-sm'}>
        {label}
      </label>
      <div
        className={classNames(
          'flex h-11 items-center rounded-md border bg-inset transition-colors focus-within:outline-2 focus-within:outline-(--focus) focus-within:outline-offset-1',
          error ? 'border-alert' : 'border-line-strong/50 hover:border-line-strong',
        )}
      >
        <input
          id={inputId}
          className="h-full w-full min-w-0 flex-1 rounded-md bg-transparent px-3.5 text-base text-ink outline-none placeholder:text-faint disabled:opacity-50"
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? noteId : undefined}
          {...rest}
        />
        {trailing ? <div className="flex shrink-0 items-center pr-1.5">{trailing}</div> : null}
      </div>
      {note ? (
        <FieldNote id={noteId} tone={error ? 'error' : 'hint'}>
          {note}
        </FieldNote>
      ) : null}
    </div>
  );
}
