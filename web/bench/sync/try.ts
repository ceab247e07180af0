import { NETWORKS } from './network.ts';
import { RULES } from './rules.ts';
import { distribution } from './measure.ts';
import { evening, type Control } from './scenarios.ts';
const caps = { rateStep: 0.0005, toleranceMs: 10, excursionCostMs: 0 };
const ours: Control = { kind: 'ours', capabilities: caps };
const f = (d: {p50:number;p95:number;p99:number;max:number}) => [d.p50,d.p95,d.p99,d.max].map((x)=>x.toFixed(2)).join(' ');
for (const control of [ours, ...RULES.map((rule): Control => ({kind:'rule', rule}))]) for (const network of Object.values(NETWORKS)) {
  const t = performance.now();
  const r = evening(control, { network, people: 10, minutes: 10, seed: 1 });
  console.log(control.kind === 'ours' ? 'ours' : control.rule.name, network.name, 'widest', f(distribution(r.widest)), 'pairs', f(distribution(r.pairs)), 'err', f(distribution(r.errors)), 'clock', f(distribution(r.clock.filter(x=>x===x))), JSON.stringify(r.deeds), Math.round(performance.now()-t));
}
