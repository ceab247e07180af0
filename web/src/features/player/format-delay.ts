/** `+0.3s`, `-1.2s`: tenths, because that is the step. */
export function formatDelay(delayMs: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'narrow',
    signDisplay: 'exceptZero',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(delayMs / 1000);
}
