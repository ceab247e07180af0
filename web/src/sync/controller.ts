/**
 * Keeps one player where its room is (SYNC-9, SYNC-10; DESIGN §5). Decides only: observation and time go in, what to do
 * with the player comes out, and when to be asked again.
 *
 * Four ways to be: *resting* where the room stands; *landing*, that is paused a little ahead of the room until the film
 * is there and the moment passes by; *following* a moving room, steering by speed; *stalled*, out of data.
 */

import type { MediaTime, PlaybackState } from '@/api/generated/protocol';
import type { Lags, PlayerCapabilities } from './capabilities';
import type { LocalTime } from './clock-model';
import { DeviceLags } from './device-lags';
import type { Drift } from './drift-estimator';
import type { Decision, Observation, PlayerAction } from './observation';
import { covers, type Following, isAt, type Landing, type Phase, type Stalled, sameMovement, within } from './phase';
import { Steering } from './steering';
import { continues, positionAt } from './timeline';

const REVIEW_MS = 250;
const JUMP_PAUSE_MS = 8_000;
/** After so many jumps in a row the person is told that it does not work. */
const JUMPS_BEFORE_TROUBLE = 3;
const CALM_MS = 30_000;
/** A landing that is late by less is quicker steered than repeated. */
const CATCHABLE_MS = 120;
const MAX_ATTEMPTS = 4;
/** Without the target in the buffer, how long to hope that it comes by itself. */
const HOPE_MS = 3_000;
/** A paused picture is put exactly on the room's frame; closer than this it is there. */
const EXACT_MS = 2;
/** A standing player that is this far off was moved by something else, such as a film that was opened anew. */
const LOST_MS = 250;
/** How long after a start its picture is still the start's doing. */
const START_JUDGED_MS = 3_000;
const TIMER_LATE_MS = 5;

export class DriftController {
  readonly #steering: Steering;
  readonly #jumpMs: number;
  readonly #lags: DeviceLags;
  #phase: Phase = { kind: 'resting', playback: null, settledAt: null };
  #rate = 1;
  #jumps = { count: 0, lastAt: Number.NEGATIVE_INFINITY as LocalTime };
  #farSince: LocalTime | null = null;

  constructor(capabilities: PlayerCapabilities) {
    this.#steering = new Steering(capabilities);
    this.#jumpMs = capabilities.jumpMs;
    this.#lags = new DeviceLags(capabilities.lags);
  }

  get lags(): Lags {
    return this.#lags.all;
  }

  /** Decides anew. The player is expected to be as the actions leave it when it is asked again. */
  step(seen: Observation): Decision {
    const { current, goal, goalAt } = seen.timeline;
    const due = goalAt <= seen.serverNow;
    const end = due && goal.isPlaying ? endOf(goal, seen) : null;
    if (end !== null) return this.#rest(seen, { ...goal, isPlaying: false, anchorMediaTimeMs: end });
    const oneMovement = due || continues(current, goal);
    if (goal.isPlaying) return oneMovement ? this.#move(seen, due ? goal : current) : this.#land(seen, goal);
    return !due && oneMovement && current.isPlaying ? this.#move(seen, current) : this.#rest(seen, goal);
  }

  /** The person asks for it: lands again, however good it looks. */
  resync(): void {
    this.#phase = { kind: 'resting', playback: null, settledAt: null };
    this.#jumps = { count: 0, lastAt: Number.NEGATIVE_INFINITY };
  }

  #rest(seen: Observation, playback: PlaybackState): Decision {
    const { player } = seen;
    const toMs = within(playback.anchorMediaTimeMs, seen.durationMs);
    const state = player.ready ? 'ready' : 'loading';
    this.#steering.reset();
    // Where a moving player will come to stand is not where it says it is: it is looked at again once it stands.
    const sought = player.paused && !this.#isSettledAt(toMs) && !isAt(player, toMs, EXACT_MS);
    const lost = this.#isSettledAt(toMs) && !player.seeking && !isAt(player, toMs, LOST_MS);
    const actions: PlayerAction[] = [];
    if (!player.paused) actions.push({ kind: 'pause' }, { kind: 'disturb' });
    if (sought || lost) actions.push({ kind: 'seek', toMs });
    actions.push(...this.#speed(playback.playbackRate));
    this.#phase = { kind: 'resting', playback, settledAt: player.paused ? toMs : null };
    return { actions, nextInMs: this.#untilGoal(seen, player.paused ? 0 : REVIEW_MS), state, troubled: false };
  }

  /** It stands there already, or was sent there: some players come to stand a little beside, and would again. */
  #isSettledAt(toMs: MediaTime): boolean {
    return this.#phase.kind === 'resting' && this.#phase.settledAt === toMs;
  }

  #move(seen: Observation, playback: PlaybackState): Decision {
    const phase = this.#phase;
    if (phase.playback === null || phase.kind === 'resting') return this.#land(seen, playback);
    if (!sameMovement(phase.playback, playback)) return this.#land(seen, playback);
    switch (phase.kind) {
      case 'landing':
        return this.#land(seen, playback);
      case 'stalled':
        return this.#recover(seen, { ...phase, playback });
      case 'following':
        return this.#follow(seen, { ...phase, playback });
    }
  }

  #land(seen: Observation, playback: PlaybackState): Decision {
    const phase = this.#phase;
    if (phase.playback === null || !sameMovement(phase.playback, playback))
      return this.#beginLanding(seen, playback, 1);
    if (phase.kind === 'landing') return this.#approach(seen, phase);
    // Started already, by as much too early as this device starts late.
    return phase.kind === 'following' ? this.#follow(seen, phase) : this.#beginLanding(seen, playback, 1);
  }

  /** Seeks to where the room will be when the film can be there, and waits. */
  #beginLanding(seen: Observation, playback: PlaybackState, attempt: number): Decision {
    const { player, serverNow, durationMs } = seen;
    const soon = positionAt(playback, serverNow + this.#lags.toSeek(true).ms);
    const buffered = covers(player.buffered, soon);
    const lag = this.#lags.toSeek(buffered);
    const closeEnough = this.#isSettledAt(playback.anchorMediaTimeMs) ? LOST_MS : EXACT_MS;
    const inPlace = player.paused && player.ready && isAt(player, playback.anchorMediaTimeMs, closeEnough);
    const onTime = inPlace && serverNow < playback.anchorServerTimeMs + CATCHABLE_MS;
    const lead = (lag.ms * 1.25 + 60) * Math.min(attempt, 3);
    const startAt = onTime ? playback.anchorServerTimeMs : Math.max(playback.anchorServerTimeMs, serverNow + lead);
    const toMs = within(positionAt(playback, startAt), durationMs);
    const moved = !player.paused || !isAt(player, toMs, onTime ? closeEnough : EXACT_MS);
    const actions: PlayerAction[] = [{ kind: 'disturb' }];
    if (!player.paused) actions.push({ kind: 'pause' });
    if (moved) actions.push({ kind: 'seek', toMs });
    this.#steering.reset();
    actions.push(...this.#speed(playback.playbackRate));
    this.#phase = {
      kind: 'landing',
      playback,
      startAt,
      toMs,
      since: seen.now,
      buffered,
      moved,
      arrived: !moved,
      attempt,
    };
    if (!moved) return this.#approach(seen, this.#phase, actions);
    return { actions, nextInMs: REVIEW_MS, state: buffered ? 'ready' : 'loading', troubled: false };
  }

  #approach(seen: Observation, landing: Landing, actions: PlayerAction[] = []): Decision {
    const { player, now, serverNow } = seen;
    if (player.blocked) return { actions, nextInMs: REVIEW_MS, state: 'blocked', troubled: false };
    if (player.seeking || !player.ready) {
      const late = serverNow > landing.startAt + JUMP_PAUSE_MS / 4;
      return { actions, nextInMs: REVIEW_MS, state: late ? 'stalled' : 'loading', troubled: false };
    }
    if (!landing.arrived) {
      this.#lags.toSeek(landing.buffered).learn(now - landing.since);
      landing.arrived = true;
    }
    const wait = landing.startAt - this.#lags.toStart(landing.moved).ms - serverNow;
    if (wait > 0.5) return { actions, nextInMs: wait, state: 'ready', troubled: false };
    const late = -wait * landing.playback.playbackRate;
    if (late > CATCHABLE_MS && landing.attempt < MAX_ATTEMPTS) {
      return this.#beginLanding(seen, landing.playback, landing.attempt + 1);
    }
    return this.#start(seen, landing, -wait, actions);
  }

  #start(seen: Observation, landing: Landing, lateMs: number, actions: PlayerAction[]): Decision {
    // Timers are a little late always, which may be learnt as part of the lag; a command that came late may not.
    const calledLateMs = lateMs > TIMER_LATE_MS ? lateMs : 0;
    const started = { lag: this.#lags.toStart(landing.moved), calledLateMs };
    this.#phase = { kind: 'following', playback: landing.playback, since: seen.now, started };
    this.#farSince = null;
    this.#steering.started(seen.now);
    actions.push({ kind: 'play' }, { kind: 'disturb' });
    return { actions, nextInMs: REVIEW_MS, state: 'playing', troubled: false };
  }

  #follow(seen: Observation, following: Following): Decision {
    const { player, now } = seen;
    this.#phase = following;
    if (player.blocked) return { actions: [], nextInMs: REVIEW_MS, state: 'blocked', troubled: false };
    // Something outside stopped it: a lock screen, a telephone call, a headset pulled out.
    if (player.paused) return this.#beginLanding(seen, following.playback, 1);
    if (!player.ready && !player.seeking) return this.#stall(seen, following.playback);
    const { drift } = seen;
    this.#judgeStart(following, drift, now);
    if (drift !== null && Math.abs(drift.ms) > this.#jumpMs) return this.#farOff(seen, following, drift);
    this.#farSince = null;
    if (now - this.#jumps.lastAt > CALM_MS) this.#jumps.count = 0;
    const actions = this.#steer(seen, following.playback);
    const review = Math.max(20, Math.min(REVIEW_MS, this.#steering.dueInMs(drift)));
    return { actions, nextInMs: this.#untilGoal(seen, review), state: 'playing', troubled: this.#troubled() };
  }

  /** What the first believable picture after a start is off by, the start itself was late or early by. */
  #judgeStart(following: Following, drift: Drift | null, now: LocalTime): void {
    const { started } = following;
    if (started === null || drift === null) return;
    following.started = null;
    if (now - following.since > START_JUDGED_MS || Math.abs(drift.ms) > this.#jumpMs) return;
    const { lag, calledLateMs } = started;
    lag.learn(lag.ms - drift.ms / following.playback.playbackRate - calledLateMs);
  }

  #farOff(seen: Observation, following: Following, drift: Drift): Decision {
    this.#farSince ??= seen.now;
    const target = seen.player.positionMs - drift.ms;
    const reachable = covers(seen.player.buffered, target) || seen.now - this.#farSince > HOPE_MS;
    const pause = JUMP_PAUSE_MS * 2 ** Math.max(0, this.#jumps.count - 1);
    if (reachable && seen.now - this.#jumps.lastAt > pause) {
      this.#jumps = { count: this.#jumps.count + 1, lastAt: seen.now };
      return this.#beginLanding(seen, following.playback, 1);
    }
    const actions = this.#steer(seen, following.playback);
    if (!reachable) actions.push({ kind: 'lowerQuality' });
    return { actions, nextInMs: REVIEW_MS, state: reachable ? 'playing' : 'stalled', troubled: this.#troubled() };
  }

  #stall(seen: Observation, playback: PlaybackState): Decision {
    this.#phase = { kind: 'stalled', playback, since: seen.now };
    this.#steering.reset();
    const actions: PlayerAction[] = [
      { kind: 'disturb' },
      { kind: 'lowerQuality' },
      ...this.#speed(playback.playbackRate),
    ];
    return { actions, nextInMs: REVIEW_MS, state: 'stalled', troubled: false };
  }

  /** Data came: goes on by steering when little was lost, else jumps to the others. */
  #recover(seen: Observation, stalled: Stalled): Decision {
    this.#phase = stalled;
    const target = positionAt(stalled.playback, seen.serverNow);
    const stuck = seen.now - stalled.since > JUMP_PAUSE_MS && !covers(seen.player.buffered, target);
    if (stuck) return this.#beginLanding(seen, stalled.playback, 2);
    if (!seen.player.ready) return { actions: [], nextInMs: REVIEW_MS, state: 'stalled', troubled: false };
    if (Math.abs(seen.player.positionMs - target) > this.#jumpMs) return this.#beginLanding(seen, stalled.playback, 1);
    this.#phase = { kind: 'following', playback: stalled.playback, since: seen.now, started: null };
    return { actions: [{ kind: 'disturb' }], nextInMs: REVIEW_MS, state: 'playing', troubled: false };
  }

  #steer({ drift, now, toleranceMs }: Observation, { playbackRate }: PlaybackState): PlayerAction[] {
    return this.#speed(playbackRate * (1 + this.#steering.offset(drift, now, playbackRate, toleranceMs)));
  }

  #speed(rate: number): PlayerAction[] {
    if (rate === this.#rate) return [];
    this.#rate = rate;
    return [{ kind: 'rate', rate }];
  }

  #troubled(): boolean {
    return this.#jumps.count >= JUMPS_BEFORE_TROUBLE;
  }

  /** Until a scheduled change is due, at most until the next review (0: there is nothing to review). */
  #untilGoal(seen: Observation, review: number): number {
    const left = seen.timeline.goalAt - seen.serverNow;
    const bound = review > 0 ? review : 1_000;
    return left > 0 ? Math.min(left, bound) : bound;
  }
}

/**
 * The end of the film, when the room would be beyond it: it says so in a moment, or cannot be heard. A player that is told to
 * play there begins anew.
 */
function endOf(playback: PlaybackState, { serverNow, durationMs }: Observation): MediaTime | null {
  return durationMs !== null && positionAt(playback, serverNow) >= durationMs ? durationMs : null;
}
