/** What can be handed to somebody who is to find out what went wrong. Figures alone: no names, no code, no chat. */

import type { Records } from './diagnostics-store';
import type { Figures } from './figures';

export function diagnosticsFile(figures: Figures, records: Records, userAgent: string): string {
  return JSON.stringify({ format: 'syncwatch-diagnostics-1', userAgent, figures, ...records }, null, 1);
}

/** Gives the browser a file to keep. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
