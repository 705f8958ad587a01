import type { Attempt } from './attempt.ts';
import { backoffDelay } from './backoff.ts';
import { type Clock, LONGEST_TIMER_MS } from './clock.ts';

/**
 * What all requests of a process for one service pass. It is open until the service refuses one for its rate; then all wait together,
 * and go on more slowly together (contract, "Polling"). Times are the clock's, in milliseconds.
 */
export interface Gate {
  /**
   * Resolves when a request may leave, in the order in which they came, or when `signal` aborts. A request waits no longer than until
   * the service has done nothing but refuse for `patienceMs`: then it is to find out for itself, and its task can end.
   */
  enter(patienceMs: number, signal: AbortSignal): Promise<void>;
  /** Must be called with the result of each request. A wait longer than `patienceMs` ends the task, so nobody waits for it. */
  tell(attempt: Attempt<unknown>, patienceMs: number): void;
  /** When a request that comes now may leave, should nobody stand before it; in the past where the gate is open. */
  nextAt(): number;
  /** When the service last answered anybody as it should; when the gate was made, before it did. */
  lastAnswerAt(): number;
  /** By what the time between two polls of a task is multiplied: 1, or more for some minutes after a refusal. */
  slowness(): number;
}

/** The refused pace is measured over the answers of about this long, and at least of the shorter time. */
const MEMORY_MS = 60_000;
const SHORTEST_MEMORY_MS = 1000;

/** A longer distance is the tasks' own slow pace, and no sign of how often the service can be asked. */
const LONGEST_MEASURED_MS = 2500;

/** After this time with good answers the slowdown is halved: after some minutes the old pace is back. */
const RECOVERY_MS = 60_000;

/** A shorter distance between requests than this is none. */
const SHORTEST_SPACING_MS = 10;

/**
 * Repeated refusals do not raise them above this, nor the distance between requests above so many times that of the answers before:
 * somebody else may use up the rate, and the way back must stay short.
 */
const LONGEST_SPACING_MS = 10_000;
const SLOWEST = 8;

/** The minimum patience, longer than the gate makes others wait. A caller without any patience never waits. */
const LEAST_PATIENCE_MS = 2 * LONGEST_SPACING_MS;

/** A slowness that is nearly none is none. */
const LEAST_SLOWNESS = 1.05;

/** A gate that is open. `random` gives numbers from 0 up to 1. */
export function createGate({ clock, random }: { readonly clock: Clock; readonly random: () => number }): Gate {
  let lastAnswerAt = clock.now();
  let [openAt, lastStart, spacingMs] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  // Between two answers, before the service refused.
  let distanceMs = SHORTEST_MEMORY_MS;
  // When the pace was last slowed down, and when it last grew.
  let [slowedAt, grownAt] = [lastAnswerAt, lastAnswerAt];
  // Good answers since then, the older ones counting less.
  let answers = 0;
  // The first refusal since the last good answer.
  let refusedSince = Number.POSITIVE_INFINITY;
  // How often the pace was slowed down since then.
  let slowdowns = 0;
  let slowness = 1;
  let queue: Promise<unknown> | null = null;

  const nextAt = () => Math.max(openAt, lastStart + spacingMs);

  const turn = async (patienceMs: number, signal: AbortSignal) => {
    const left = () => Math.min(nextAt(), refusedSince + patienceMs) - clock.now();
    for (let wait = left(); wait > 0 && !signal.aborted; wait = left()) await clock.sleep(wait, signal);
    if (!signal.aborted) lastStart = clock.now();
  };

  /** Waits for earlier requests, but no longer than a request at the front would. */
  const stand = async (before: Promise<unknown>, patienceMs: number, signal: AbortSignal) => {
    const over = new AbortController();
    const end = () => over.abort();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    void before.then(end);
    // Without a refusal the patience has no end: the service answers others.
    const left = () => Math.min(LONGEST_TIMER_MS, refusedSince + patienceMs - clock.now());
    for (let wait = left(); wait > 0 && !over.signal.aborted; wait = left()) await clock.sleep(wait, over.signal);
    signal.removeEventListener('abort', end);
  };

  /** The distance of the answers since the last pause; without any, the one before. */
  const measured = (now: number) => {
    if (answers === 0) return distanceMs;
    const passedMs = now - Math.max(slowedAt, openAt);
    const memoryMs = Math.max(SHORTEST_MEMORY_MS, MEMORY_MS * (1 - Math.exp(-passedMs / MEMORY_MS)));
    const measuredMs = Math.min(LONGEST_MEASURED_MS, memoryMs / Math.max(1, answers));
    // After so short a time they may only be the first of many.
    return passedMs < SHORTEST_MEMORY_MS ? Math.min(distanceMs, measuredMs) : measuredMs;
  };

  const slowDown = (now: number) => {
    distanceMs = measured(now);
    spacingMs = Math.min(LONGEST_SPACING_MS, SLOWEST * distanceMs, 2 * Math.max(spacingMs, distanceMs));
    slowness = Math.min(SLOWEST, 2 * slowness);
    // The first one after the pause may leave at its end.
    [slowedAt, grownAt, answers, lastStart] = [now, now, 0, Number.NEGATIVE_INFINITY];
    slowdowns += 1;
  };

  const recover = (now: number) => {
    answers = 1 + answers * Math.exp((lastAnswerAt - now) / MEMORY_MS);
    const part = 0.5 ** ((now - grownAt) / RECOVERY_MS);
    spacingMs = spacingMs * part < SHORTEST_SPACING_MS ? 0 : spacingMs * part;
    slowness = 1 + (slowness - 1) * part < LEAST_SLOWNESS ? 1 : 1 + (slowness - 1) * part;
    [lastAnswerAt, grownAt, refusedSince, slowdowns] = [now, now, Number.POSITIVE_INFINITY, 0];
  };

  return {
    async enter(wishedMs, signal) {
      const patienceMs = wishedMs > 0 ? Math.max(LEAST_PATIENCE_MS, wishedMs) : 0;
      if (queue === null && nextAt() <= clock.now()) {
        lastStart = clock.now();
        return;
      }
      const before = queue ?? Promise.resolve();
      const mine = stand(before, patienceMs, signal).then(() => turn(patienceMs, signal));
      // A request that gives up does not change the order of the others.
      const both = Promise.all([before, mine]);
      queue = both;
      await mine;
      void both.then(() => {
        if (queue === both) queue = null;
      });
    },
    tell(attempt, patienceMs) {
      const now = clock.now();
      if (attempt.ok) return recover(now);
      const { problem, retryAfterMs } = attempt.failure;
      if (problem !== 'rate_limit') return;
      refusedSince = Math.min(refusedSince, now);
      // A request that left before the slowdown says nothing about the new pace.
      const isNews = attempt.startedAt > slowedAt || spacingMs === 0;
      if (isNews) slowDown(now);
      if (retryAfterMs === undefined) {
        if (isNews) openAt = Math.max(openAt, now + backoffDelay(slowdowns, random));
      } else if (retryAfterMs <= patienceMs) openAt = Math.max(openAt, now + retryAfterMs);
    },
    nextAt,
    lastAnswerAt: () => lastAnswerAt,
    slowness: () => slowness,
  };
}
