import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title; read together with it. */
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  size?: 'sm' | 'md';
}

/** A question or a small form in front of everything. On a phone it is a sheet at the foot, where the thumb is. */
export function Dialog({ open, onOpenChange, title, description, children, actions, size = 'sm' }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim backdrop-blur-[3px]" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={classNames(
            'glass-floating fixed z-40 flex max-h-[min(90dvh,44rem)] animate-rise flex-col gap-5 overflow-y-auto rounded-lg p-6 outline-none',
            'inset-x-3 bottom-3 sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:-translate-x-1/2 sm:-translate-y-1/2',
            size === 'sm' ? 'sm:w-104' : 'sm:w-140',
          )}
        >
          <header className="flex flex-col gap-1 pr-10">
            <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
            {description ? <Radix.Description className="text-dim text-sm">{description}</Radix.Description> : null}
          </header>
          {children}
          {actions ? <footer className="flex flex-wrap justify-end gap-2">{actions}</footer> : null}
          <Radix.Close
            aria-label={t('ui.close')}
            className="absolute top-4 right-4 inline-flex size-9 items-center justify-center rounded-full text-dim hover:bg-hover hover:text-ink"
          >
            <X size={18} aria-hidden="true" />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
