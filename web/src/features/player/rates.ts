/** The speeds that the menu offers; the room takes any from 0.25 to 2. */
export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** `1.5×`, with the language's decimal sign. */
export function formatRate(rate: number, locale: string): string {
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(rate)}×`;
}
