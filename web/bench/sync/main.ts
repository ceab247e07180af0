/** `make bench-sync`: how far apart players are by the product's own engine, in a simulation that anybody can repeat. */

import { tableOf } from '../figure.ts';
import { saveFigures } from '../save-figures.ts';
import { distribution } from './measure.ts';
import { NETWORKS } from './network.ts';
import { evening } from './scenarios.ts';
import {
  clockFigures,
  comparisons,
  joinFigures,
  OURS,
  spreadFigures,
  startFigures,
  steadyFigures,
  WHOLE,
} from './trials.ts';

const started = performance.now();
const print = (line = '') => process.stdout.write(`${line}\n`);
const ms = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(value < 100 ? 1 : 0));

const figures = [
  ...spreadFigures(WHOLE),
  ...clockFigures(WHOLE),
  ...startFigures(WHOLE),
  ...joinFigures(WHOLE),
  ...steadyFigures(),
];
await saveFigures('bench-sync', figures);
print();
print(tableOf('make bench-sync, on virtual time', figures));

print(
  'Ten players for 10 min, a stall of 1–4 s every 45 s. Film milliseconds between the two farthest apart, between every two;',
);
print('error of the clock; changes of speed per player and minute; jumps and changes beyond 2 % in steady play.');
print();
print('| network | controller | widest p50 | p95 | p99 | every two p50 | p95 | clock p95 | speed/min | audible |');
print('|---|---|---|---|---|---|---|---|---|---|');
for (const { network, control, spread, pairs, clockP95, ratesAMinute, audible } of comparisons(10)) {
  const cells = [spread.p50, spread.p95, spread.p99, pairs.p50, pairs.p95, clockP95].map(ms);
  print(`| ${[network, control, ...cells, ratesAMinute.toFixed(2), audible].join(' | ')} |`);
}
print();

print('Ours, by the number of players, wifi, 3 min: between every two, and between the two farthest apart.');
print();
print('| players | every two p50 | p95 | p99 | widest p50 | p95 |');
print('|---|---|---|---|---|---|');
for (const people of [2, 10, 50, 300]) {
  const seen = evening(OURS, { network: NETWORKS.wifi, people, minutes: 3, seed: 1 });
  const [pairs, widest] = [distribution(seen.pairs), distribution(seen.widest)];
  print(`| ${[people, ...[pairs.p50, pairs.p95, pairs.p99, widest.p50, widest.p95].map(ms)].join(' | ')} |`);
}
print();
print(`${((performance.now() - started) / 1000).toFixed(0)} s`);
