/**
 * Synchronisation, as plain values: clock, order of commands, timeline, drift control (DESIGN §5). Knows no React, no
 * DOM and no timers; time is an argument of every call.
 */

export type { Lags, PlayerCapabilities, Speeds } from './capabilities';
export { ClockFilter, type ClockSample } from './clock';
export type { LocalTime } from './clock-model';
export { type ClockQuality, type ClockReading, localTimeBy, readOn, serverTimeBy } from './clock-reading';
export { type ClockRound, nextExchangeInMs } from './clock-schedule';
export type { PresentedFrame } from './drift-estimator';
export type { BufferedRange, Decision, Observation, PlayerAction, PlayerView } from './observation';
export { AS_THE_ROOM, type Flight, type Personal, Pilot, type PilotAction, type Sight } from './pilot';
export { CommandSequencer, type Position, type SequencerDemand } from './sequencer';
export { SleepWatch } from './sleep-watch';
export {
  continues,
  positionAt,
  positionWithin,
  sameSource,
  scheduled,
  settled,
  type Timeline,
  type TimelineView,
  timelineFrom,
  viewAt,
} from './timeline';
