/** The figures as lines to read: what each is called, and its number in the reader's language. */

import type { TFunction } from 'i18next';
import { formatMediaTime, formatOffset } from '@/lib/format';
import type { Figures } from './figures';

export type FigureLine = { label: string; value: string };
export type FigureGroup = { title: string; lines: FigureLine[] };

const UNKNOWN = '–';

export function figureGroups(figures: Figures, t: TFunction, locale: string): FigureGroup[] {
  const { serverTimeMs, localTimeMs } = figures;
  const number = (value: number | null, unit: string, digits: number) =>
    value === null ? UNKNOWN : `${fixed(value, digits, locale)} ${unit}`;
  const ms = (value: number | null, digits = 1) => number(value, 'ms', digits);
  const offset = (value: number | null) => (value === null ? UNKNOWN : formatOffset(value, locale, 1));
  const media = (value: number | null) =>
    value === null
      ? UNKNOWN
      : `${formatMediaTime(value)}${fixed(Math.floor((value % 1_000) / 10) / 100, 2, locale).slice(1)}`;
  const share = (part: number | null, whole: number | null) =>
    part === null || !whole ? UNKNOWN : t('diagnostics.share', { percent: percent(part / whole, locale), part, whole });
  const time = (value: number | null) => (value === null ? UNKNOWN : clockTime(value, locale));
  return [
    {
      title: t('diagnostics.network'),
      lines: [
        { label: t('diagnostics.roundTrip'), value: ms(figures.roundTripMs) },
        { label: t('diagnostics.jitter'), value: ms(figures.jitterMs, 2) },
        { label: t('diagnostics.loss'), value: share(figures.lost, figures.asked) },
        {
          label: t('diagnostics.bandwidth'),
          value: figures.bandwidthBps === null ? UNKNOWN : bitRate(figures.bandwidthBps, locale),
        },
        { label: t('diagnostics.socket'), value: connectionWords(figures, t) },
        { label: t('diagnostics.reconnects'), value: String(figures.reconnects) },
      ],
    },
    {
      title: t('diagnostics.clock'),
      lines: [
        { label: t('diagnostics.serverTime'), value: time(serverTimeMs) },
        { label: t('diagnostics.localTime'), value: time(localTimeMs) },
        { label: t('diagnostics.offset'), value: offset(serverTimeMs === null ? null : localTimeMs - serverTimeMs) },
        {
          label: t('diagnostics.error'),
          value: figures.clockErrorMs === null ? UNKNOWN : `± ${ms(figures.clockErrorMs)}`,
        },
      ],
    },
    {
      title: t('diagnostics.film'),
      lines: [
        { label: t('diagnostics.player'), value: figures.state ? t(`diagnostics.state.${figures.state}`) : UNKNOWN },
        { label: t('diagnostics.drift'), value: offset(figures.driftMs) },
        { label: t('diagnostics.position'), value: media(figures.positionMs) },
        { label: t('diagnostics.target'), value: media(figures.targetMs) },
        { label: t('diagnostics.rate'), value: figures.rate === null ? UNKNOWN : `${fixed(figures.rate, 4, locale)}×` },
        {
          label: t('diagnostics.buffer'),
          value: number(figures.bufferedMs === null ? null : figures.bufferedMs / 1_000, 's', 1),
        },
        { label: t('diagnostics.dropped'), value: share(figures.framesDropped, figures.framesDue) },
        { label: t('diagnostics.lastCommand'), value: lastCommandWords(figures, t) },
      ],
    },
  ];
}

function connectionWords({ connection, connectionForMs }: Figures, t: TFunction): string {
  const words = t(`diagnostics.connection.${connection}`);
  if (connectionForMs === null) return words;
  return `${words}, ${formatMediaTime(connectionForMs)}`;
}

function lastCommandWords({ lastCommand }: Figures, t: TFunction): string {
  if (lastCommand === null) return UNKNOWN;
  const { kind, sequenceNumber, agoMs } = lastCommand;
  return `${kind} #${sequenceNumber}, ${t('diagnostics.ago', { time: formatMediaTime(agoMs) })}`;
}

function bitRate(bitsPerSecond: number, locale: string): string {
  return `${fixed(bitsPerSecond / 1_000_000, 1, locale)} Mbit/s`;
}

function percent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

function clockTime(utcMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(utcMs);
}

function fixed(value: number, digits: number, locale: string): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}
