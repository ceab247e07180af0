import { Check, CircleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names';
import { dismissToast, type ToastEntry, toastDuration, useToasts } from './toast-store';

/** Where toasts appear. Once per application. */
export function Toaster() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 top-3 z-50 flex flex-col items-center gap-2 sm:top-auto sm:bottom-6"
    >
      {toasts.map((entry) => (
        <Toast key={entry.id} entry={entry} onClose={() => dismissToast(entry.id)} />
      ))}
    </div>
  );
}

export function Toast({ entry, onClose }: { entry: ToastEntry; onClose: () => void }) {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);

  useEffect(() => {
    // A toast under the pointer or focused is being read; it waits.
    if (held) return;
    const timer = setTimeout(onClose, toastDuration(entry));
    return () => clearTimeout(timer);
  }, [entry, held, onClose]);

  const { action, tone = 'plain' } = entry;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the handlers only hold the timer, they are no action.
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={classNames(
        'glass-floating pointer-events-auto flex min-h-12 max-w-md animate-rise items-center gap-3 rounded-[24px] py-2 pr-2 pl-4 text-sm',
        tone === 'alert' ? 'text-alert' : 'text-ink',
      )}
    >
      {tone === 'good' ? <Check size={18} className="shrink-0 text-accent-text" aria-hidden="true" /> : null}
      {tone === 'alert' ? <CircleAlert size={18} className="shrink-0" aria-hidden="true" /> : null}
      <span className="flex-1 text-ink">{entry.text}</span>
      {action ? (
        <button
          type="button"
          className="h-8 shrink-0 rounded-full px-3 font-semibold text-accent-text hover:bg-hover"
          onClick={() => {
            action.run();
            onClose();
          }}
        >
          {action.label}
        </button>
      ) : null}
      <button
        type="button"
        aria-label={t('ui.dismiss')}
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-full text-faint hover:bg-hover hover:text-ink"
        onClick={onClose}
      >
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
