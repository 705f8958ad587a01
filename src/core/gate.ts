import type { Attempt } from './attempt.ts';
import { type Clock, LONGEST_TIMER_MS } from './clock.ts';
import { afterAnswer, afterRefusal, LONGEST_SPACING_MS, newPace } from './service-pace.ts';

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

/** The minimum patience, longer than the gate makes others wait. A caller without any patience never waits. */
const LEAST_PATIENCE_MS = 2 * LONGEST_SPACING_MS;

/** A gate that is open. `random` gives numbers from 0 up to 1. */
export function createGate({ clock, random }: { readonly clock: Clock; readonly random: () => number }): Gate {
  let pace = newPace(clock.now());
  let lastStart = Number.NEGATIVE_INFINITY;
  let queue: Promise<unknown> | null = null;

  const nextAt = () => Math.max(pace.openAt, lastStart + pace.spacingMs);
  const turn = async (patienceMs: number, signal: AbortSignal) => {
    await sleepWhile(() => Math.min(nextAt(), pace.refusedSince + patienceMs) - clock.now(), clock, signal);
    if (!signal.aborted) lastStart = clock.now();
  };

  return {
    async enter(wishedMs, signal) {
      const patienceMs = wishedMs > 0 ? Math.max(LEAST_PATIENCE_MS, wishedMs) : 0;
      if (queue === null && nextAt() <= clock.now()) {
        lastStart = clock.now();
        return;
      }
      const before = queue ?? Promise.resolve();
      const patienceLeft = () => pace.refusedSince + patienceMs - clock.now();
      const mine = standBehind(before, patienceLeft, clock, signal).then(() => turn(patienceMs, signal));
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
      const { slowdowns } = pace;
      if (attempt.ok) pace = afterAnswer(pace, now);
      else if (attempt.failure.problem === 'rate_limit') {
        const { retryAfterMs } = attempt.failure;
        pace = afterRefusal(pace, { startedAt: attempt.startedAt, now, retryAfterMs }, patienceMs, random);
      }
      // The first one after the pause may leave at its end.
      if (pace.slowdowns > slowdowns) lastStart = Number.NEGATIVE_INFINITY;
    },
    nextAt,
    lastAnswerAt: () => pace.lastAnswerAt,
    slowness: () => pace.slowness,
  };
}

/** Sleeps until nothing is left to wait for, or `signal` aborts. What is left may grow meanwhile. */
async function sleepWhile(leftMs: () => number, clock: Clock, signal: AbortSignal): Promise<void> {
  for (let wait = leftMs(); wait > 0 && !signal.aborted; wait = leftMs()) await clock.sleep(wait, signal);
}

/** Waits for earlier requests, but no longer than a request at the front would. */
async function standBehind(
  before: Promise<unknown>,
  patienceLeft: () => number,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const end = () => over.abort();
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  void before.then(end);
  // Without a refusal the patience has no end: the service answers others.
  await sleepWhile(() => Math.min(LONGEST_TIMER_MS, patienceLeft()), clock, over.signal);
  signal.removeEventListener('abort', end);
}
