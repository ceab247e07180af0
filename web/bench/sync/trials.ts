/** The aims of synchronisation, each as a row. */

import { capabilitiesOf } from '../../src/players/capabilities.ts';
import { atLeast, atMost, type Figure } from '../figure.ts';
import { type Distribution, distribution, type Seen } from './measure.ts';
import { NETWORKS, type Network } from './network.ts';
import { RULES } from './rules.ts';
import { type Control, commandedStarts, evening, joining, type Starts, steadyPlay } from './scenarios.ts';

/** How much is played. */
export type Size = { minutes: number; seeds: number; rooms: number; joiners: number };

export const WHOLE: Size = { minutes: 15, seeds: 4, rooms: 8, joiners: 200 };

export const OURS: Control = { kind: 'ours', capabilities: capabilitiesOf('hls_js', 'chromium') };
const PEOPLE = 10;
const SOUND_CARD_PPM = 60;

const numbered = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
const nameOf = (control: Control): string => (control.kind === 'ours' ? 'SyncWatch' : control.rule.name);

/** Several evenings as one. */
function evenings(control: Control, network: Network, { minutes, seeds }: Size): Seen[] {
  return numbered(seeds).map((seed) => evening(control, { network, people: PEOPLE, minutes, seed }));
}

const widest = (seen: readonly Seen[]): Distribution => distribution(seen.flatMap((one) => one.widest));

export function spreadFigures(size: Size): Figure[] {
  const ours = widest(evenings(OURS, NETWORKS.wifi, size));
  const what = `spread between the two of ${PEOPLE} that are farthest apart, wifi`;
  return [
    atMost(5, 'ms', `${what}, p50`, ours.p50),
    atMost(15, 'ms', `${what}, p95`, ours.p95),
    atMost(30, 'ms', `${what}, p99`, ours.p99),
    ...leadFigures(ours, size),
  ];
}

/** How many times as far apart the best of the other rules leaves them. */
function leadFigures(ours: Distribution, size: Size): Figure[] {
  const others = RULES.map((rule) => {
    const control: Control = { kind: 'rule', rule };
    return { name: rule.name, spread: widest(evenings(control, NETWORKS.wifi, size)) };
  });
  return (['p50', 'p95'] as const).map((quantile) => {
    const best = others.reduce((a, b) => (b.spread[quantile] < a.spread[quantile] ? b : a));
    const what = `spread by the ${best.name}, the best of ${RULES.length}, over ours, wifi, ${quantile}`;
    return atLeast(4, 'times', what, best.spread[quantile] / ours[quantile]);
  });
}

export function clockFigures(size: Size): Figure[] {
  const p95 = (network: Network) => distribution(evenings(OURS, network, size).flatMap(({ clock }) => clock)).p95;
  return [
    atMost(1, 'ms', 'clock error against truth, wifi, p95', p95(NETWORKS.wifi)),
    atMost(5, 'ms', 'clock error against truth, mobile, p95', p95(NETWORKS.mobile)),
  ];
}

export function startFigures({ rooms }: Size): Figure[] {
  const starts = numbered(rooms).map((seed) => commandedStarts(OURS, NETWORKS.wifi, PEOPLE, seed));
  const apart = distribution(starts.flatMap((room: Starts) => room.apart)).p95;
  return [atMost(40, 'ms', 'commanded start: first frames of every two it reached in time, wifi, p95', apart)];
}

export function joinFigures({ joiners }: Size): Figure[] {
  const seconds = numbered(joiners).map((seed) => joining(OURS, NETWORKS.wifi, seed) / 1_000);
  const what = 'a joiner is within 20 ms to stay, after his first canplay, wifi, p95';
  return [atMost(2, 's', what, distribution(seconds).p95)];
}

export function steadyFigures(): Figure[] {
  const { deeds, errors } = steadyPlay(OURS, NETWORKS.wifi, SOUND_CARD_PPM, 1);
  const what = `30 min of steady play at ±${SOUND_CARD_PPM} ppm`;
  return [
    atMost(0, '', `${what}: seeks`, deeds.seeks),
    atMost(2, '%', `${what}: largest change of speed`, deeds.fastest * 100),
    atMost(2, 'a minute', `${what}: changes of speed of each player`, deeds.rateChanges / 4 / 30),
    atMost(10, 'ms', `${what}: distance from the room, p95`, distribution(errors.map(Math.abs)).p95),
  ];
}

export type Comparison = {
  control: string;
  network: string;
  spread: Distribution;
  pairs: Distribution;
  clockP95: number;
  ratesAMinute: number;
  audible: number;
};

/** Everybody on every network, where players also run out of data. */
export function comparisons(minutes: number): Comparison[] {
  const controls: Control[] = [OURS, ...RULES.map((rule): Control => ({ kind: 'rule', rule }))];
  return Object.values(NETWORKS).flatMap((network) =>
    controls.map((control) => {
      const seen = evening(control, { network, people: PEOPLE, minutes, seed: 1, stalls: true });
      return {
        control: nameOf(control),
        network: network.name,
        spread: distribution(seen.widest),
        pairs: distribution(seen.pairs),
        clockP95: distribution(seen.clock.filter((error) => !Number.isNaN(error))).p95,
        ratesAMinute: seen.deeds.rateChanges / PEOPLE / minutes,
        audible: seen.deeds.audible,
      };
    }),
  );
}
