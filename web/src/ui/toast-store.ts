import { create } from 'zustand';

export interface ToastAction {
  label: string;
  run: () => void;
}

export interface ToastInput {
  text: string;
  tone?: 'plain' | 'good' | 'alert';
  /** What the person can do about it; "Undo" rather than a question before. */
  action?: ToastAction;
  /** Milliseconds on the screen; a toast with an action stays twice as long by default. */
  durationMs?: number;
}

export interface ToastEntry extends ToastInput {
  id: number;
}

interface ToastState {
  toasts: ToastEntry[];
}

/** More than three at once is noise: the oldest makes room. */
const VISIBLE = 3;
const DURATION_MS = 4_500;

export const useToasts = create<ToastState>(() => ({ toasts: [] }));

let lastId = 0;

/** Shows something that passes. A failure that needs a decision belongs where it happened, not here. */
export function toast(input: ToastInput): number {
  lastId += 1;
  const entry = { ...input, id: lastId };
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((other) => other.text !== input.text), entry].slice(-VISIBLE),
  }));
  return entry.id;
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((entry) => entry.id !== id) }));
}

export function toastDuration(entry: ToastInput): number {
  return entry.durationMs ?? (entry.action ? 2 * DURATION_MS : DURATION_MS);
}
