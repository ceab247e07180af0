/** Numbers and times in words, by locale. Pure; the locale comes with each call. */

const STEP = 1024;
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/**
 * `1.4 GB`: three significant figures at most, so that a running number keeps its width. Steps of 1024, as the limits
 * are: a quota of 20 GB has to read so.
 */
export function formatBytes(bytes: number, locale: string): string {
  const power = bytes < STEP ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), BYTE_UNITS.length - 1);
  const value = bytes / STEP ** power;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: BYTE_UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: value >= 100 || power === 0 ? 0 : 1,
  }).format(value);
}

export function formatRate(bytesPerSecond: number, locale: string): string {
  return `${formatBytes(bytesPerSecond, locale)}/s`;
}

/** `5.3 Mb/s`, in thousands as streams are counted. */
export function formatBitRate(bitsPerSecond: number, locale: string): string {
  const mega = bitsPerSecond >= 1_000_000;
  const value = bitsPerSecond / (mega ? 1_000_000 : 1_000);
  const unit = mega ? 'megabit-per-second' : 'kilobit-per-second';
  const maximumFractionDigits = value < 100 && mega ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits }).format(value);
}

/** `German` for `de`, `deu` and `ger`; a code that nobody knows is shown as it is. */
export function formatLanguage(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

export function formatPercent(share: number, locale: string): string {
  // Rounded down: 100 % is said when it is done, not when it nearly is.
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(Math.floor(share * 100) / 100);
}

/** A film's time: `4:05`, `1:02:03`. */
export function formatMediaTime(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const tail = String(seconds).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** A span to wait, coarse on purpose: `8 seconds`, `3 minutes`, `2 hours`. */
export function formatWait(seconds: number, locale: string): string {
  const [value, unit] = coarseUnit(Math.max(1, seconds));
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

function coarseUnit(seconds: number): [number, 'second' | 'minute' | 'hour'] {
  if (seconds < 50) return [seconds <= 10 ? Math.ceil(seconds) : Math.ceil(seconds / 5) * 5, 'second'];
  if (seconds < 3300) return [Math.round(seconds / 60), 'minute'];
  return [Math.round(seconds / 3600), 'hour'];
}

/** `Ada, Ben, and Cleo`. */
export function formatNames(names: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.filter((name) => name !== ''));
}

/** A short span that counts down: `7 s`. */
export function formatSeconds(seconds: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'narrow' }).format(seconds);
}

/** A difference with its sign: `+120 ms`, `−40 ms`. */
export function formatOffset(milliseconds: number, locale: string, fractionDigits = 0): string {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'millisecond',
    signDisplay: 'exceptZero',
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  }).format(milliseconds);
}
