import type { Attempt } from './attempt.ts';
import { withJitter } from './backoff.ts';
import type { Clock } from './clock.ts';

/**
 * What all requests of a process for one service pass. It is open until the service refuses one for its rate; then all wait together,
 * and go on more slowly together (contract, "Polling"). Times are the clock's, in milliseconds.
 */
export interface Gate {
  /**
   * Resolves when a request may leave, in the order in which they came, or when `signal` aborts. A request waits no longer than until
   * the service has answered nobody for `patienceMs`: then it is to find out for itself, and its task can end.
   */
  enter(patienceMs: number, signal: AbortSignal): Promise<void>;
  /** Is to be told what each request came to. A wait longer than `patienceMs` ends the task that was asked for it, and nobody waits for that. */
  tell(attempt: Attempt<unknown>, patienceMs: number): void;
  /** When a request that comes now may leave, should nobody stand before it; in the past where the gate is open. */
  nextAt(): number;
  /** When the service last answered anybody as it should; when the gate was made, before it did. */
  lastAnswerAt(): number;
}

/** How long all wait where the service refuses and does not say for how long. */
const PAUSE_MS = 1000;

/** The pace that was refused is told by the answers of about so long, and of no less than so long. */
const MEMORY_MS = 60_000;
const SHORTEST_MEMORY_MS = 1000;

/** In so much time with good answers the distance between requests is halved: after some minutes the old pace is back. */
const RECOVERY_MS = 60_000;

/** A shorter distance between requests than this is none. */
const SHORTEST_SPACING_MS = 10;

/** By refusal after refusal it grows no further than this: somebody else may use up the rate, and the way back must stay short. */
const LONGEST_DOUBLED_MS = 10_000;

/** A gate that is open. `random` gives numbers from 0 up to 1. */
export function createGate({ clock, random }: { readonly clock: Clock; readonly random: () => number }): Gate {
  let lastAnswerAt = clock.now();
  let [openAt, lastStart, spacingMs] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  // When the pace was last slowed down, and when it last grew.
  let [slowedAt, grownAt] = [lastAnswerAt, lastAnswerAt];
  // Good answers since then, the older ones counting less.
  let answers = 0;
  let queue: Promise<void> | null = null;

  const nextAt = () => Math.max(openAt, lastStart + spacingMs);

  const turn = async (patienceMs: number, signal: AbortSignal) => {
    const left = () => Math.min(nextAt(), lastAnswerAt + patienceMs) - clock.now();
    for (let wait = left(); wait > 0 && !signal.aborted; wait = left()) await clock.sleep(wait, signal);
    lastStart = clock.now();
  };

  const slowDown = (now: number) => {
    const memoryMs = Math.max(SHORTEST_MEMORY_MS, MEMORY_MS * (1 - Math.exp((slowedAt - now) / MEMORY_MS)));
    const distanceMs = answers > 0 ? memoryMs / Math.max(1, answers) : SHORTEST_MEMORY_MS;
    spacingMs = Math.max(2 * distanceMs, Math.min(LONGEST_DOUBLED_MS, 2 * spacingMs));
    // The first one after the pause may leave at its end.
    [slowedAt, grownAt, answers, lastStart] = [now, now, 0, Number.NEGATIVE_INFINITY];
  };

  const recover = (now: number) => {
    answers = 1 + answers * Math.exp((lastAnswerAt - now) / MEMORY_MS);
    spacingMs *= 0.5 ** ((now - grownAt) / RECOVERY_MS);
    if (spacingMs < SHORTEST_SPACING_MS) spacingMs = 0;
    [lastAnswerAt, grownAt] = [now, now];
  };

  return {
    async enter(patienceMs, signal) {
      if (queue === null && nextAt() <= clock.now()) {
        lastStart = clock.now();
        return;
      }
      const mine: Promise<void> = (queue ?? Promise.resolve()).then(() => turn(patienceMs, signal));
      queue = mine;
      await mine;
      if (queue === mine) queue = null;
    },
    tell(attempt, patienceMs) {
      const now = clock.now();
      if (attempt.ok) return recover(now);
      const { problem, retryAfterMs: pause = PAUSE_MS } = attempt.failure;
      if (problem !== 'rate_limit') return;
      if (pause <= patienceMs) openAt = Math.max(openAt, now + withJitter(pause, random));
      // What left before the pace was slowed down is no news of the new one.
      if (attempt.startedAt > slowedAt || spacingMs === 0) slowDown(now);
    },
    nextAt,
    lastAnswerAt: () => lastAnswerAt,
  };
}
