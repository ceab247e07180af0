/** The sound that this device was last asked for, wished for in the next film as well. */

import { z } from 'zod';
import type { SoundTrack, SoundWish } from '@/players';

const STORAGE_KEY = 'syncwatch.sound';
const stored = z.object({ label: z.string(), language: z.string().nullable() });

export function rememberedSound(): SoundWish | null {
  try {
    return stored.parse(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null'));
  } catch {
    return null;
  }
}

export function rememberSound({ label, language }: SoundTrack): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ label, language }));
  } catch {
    // Private windows may refuse; then the next film begins with its own choice.
  }
}
