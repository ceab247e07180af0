/** A film's streams in the words that are printed on cases: `H.265`, `HDR10`, `5.1`. */

import type { TFunction } from 'i18next';
import { formatBitRate, formatLanguage } from '@/lib/format';
import type { AudioFacts, SubtitleFacts, VideoFacts } from './film-report';

const NAMES: Record<string, string> = {
  h264: 'H.264',
  hevc: 'H.265',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  mpeg4: 'MPEG-4',
  mpeg2video: 'MPEG-2',
  prores: 'ProRes',
  aac: 'AAC',
  ac3: 'AC-3',
  eac3: 'E-AC-3',
  dts: 'DTS',
  truehd: 'TrueHD',
  opus: 'Opus',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  mp3: 'MP3',
  alac: 'ALAC',
  subrip: 'SubRip',
  ass: 'ASS',
  ssa: 'SSA',
  webvtt: 'WebVTT',
  mov_text: 'MP4',
  hdmv_pgs_subtitle: 'PGS',
  dvd_subtitle: 'VobSub',
  dvb_subtitle: 'DVB',
  mp4: 'MP4',
  quick_time: 'QuickTime',
  matroska: 'Matroska',
  web_m: 'WebM',
  webm: 'WebM',
};

/** Brightness coded for more than ordinary screens. */
const HDR: Record<string, string> = { pq: 'HDR10', hlg: 'HLG' };
const LAYOUTS: Record<number, 'mono' | 'stereo'> = { 1: 'mono', 2: 'stereo' };
const SURROUND: Record<number, string> = { 6: '5.1', 7: '6.1', 8: '7.1' };

export function codecName(codec: string): string {
  return NAMES[codec] ?? codec.toUpperCase().replaceAll('_', ' ');
}

export function videoFacts(stream: VideoFacts, t: TFunction, locale: string): string {
  const rate = stream.averageRate;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const turned = stream.rotation ? t('uploads.details.turned', { degrees: stream.rotation }) : null;
  return joined([
    codecName(stream.codec),
    `${stream.width}×${stream.height}`,
    rate && rate.denominator > 0
      ? t('uploads.details.frames', { rate: number.format(rate.numerator / rate.denominator) })
      : null,
    HDR[stream.transfer ?? ''] ?? null,
    stream.interlaced ? t('uploads.details.interlaced') : null,
    turned,
    stream.bitRate ? formatBitRate(stream.bitRate, locale) : null,
  ]);
}

export function audioFacts(stream: AudioFacts, t: TFunction, locale: string): string {
  return joined([
    nameOf(stream, t, locale),
    codecName(stream.codec),
    stream.channels ? channelsOf(stream.channels, t) : null,
    stream.bitRate ? formatBitRate(stream.bitRate, locale) : null,
  ]);
}

export function subtitleFacts(stream: SubtitleFacts, t: TFunction, locale: string): string {
  return joined([nameOf(stream, t, locale), codecName(stream.codec)]);
}

function nameOf({ language, title }: SubtitleFacts, t: TFunction, locale: string): string {
  const spoken = language && language !== 'und' ? formatLanguage(language, locale) : t('uploads.details.noLanguage');
  return title ? `${spoken} (${title})` : spoken;
}

function channelsOf(channels: number, t: TFunction): string {
  const layout = LAYOUTS[channels];
  if (layout) return t(`uploads.details.${layout}`);
  return SURROUND[channels] ?? t('uploads.details.channels', { count: channels });
}

function joined(parts: (string | null)[]): string {
  return parts.filter((part) => part !== null).join(' · ');
}
