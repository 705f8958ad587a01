import { backoffDelay } from './backoff.ts';

/** The pace at which a service lets itself be asked, as far as its answers tell. Times are a clock's, in milliseconds. */
interface ServicePace {
  /** When the service last answered anybody as it should; when the pace was made, before it did. */
  readonly lastAnswerAt: number;
  /** The first refusal since then; Infinity without one. */
  readonly refusedSince: number;
  /** When the pause after a refusal is over. */
  readonly openAt: number;
  /** The least distance between two requests; 0 for none. */
  readonly spacingMs: number;
  /** By what the time between two polls of a task is multiplied. */
  readonly slowness: number;
  /** The time between two answers before the service refused. */
  readonly distanceMs: number;
  /** When the pace was last slowed down, and when it last grew. */
  readonly slowedAt: number;
  readonly grownAt: number;
  /** Good answers since it was slowed down, the older ones counting less. */
  readonly answers: number;
  /** How often it was slowed down since the last good answer. */
  readonly slowdowns: number;
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

/** Repeated refusals do not raise the distance between two requests above this. */
export const LONGEST_SPACING_MS = 10_000;

/**
 * Nor above so many times that of the answers before, nor the slowness above this: somebody else may use up the rate, and the way back
 * must stay short.
 */
const SLOWEST = 8;

/** A slowness that is nearly none is none. */
const LEAST_SLOWNESS = 1.05;

/** The pace before any answer. */
export function newPace(now: number): ServicePace {
  return {
    lastAnswerAt: now,
    refusedSince: Number.POSITIVE_INFINITY,
    openAt: Number.NEGATIVE_INFINITY,
    spacingMs: 0,
    slowness: 1,
    distanceMs: SHORTEST_MEMORY_MS,
    slowedAt: now,
    grownAt: now,
    answers: 0,
    slowdowns: 0,
  };
}

/** The pace after a good answer: some way back to the old one. */
export function afterAnswer(pace: ServicePace, now: number): ServicePace {
  const part = 0.5 ** ((now - pace.grownAt) / RECOVERY_MS);
  const spacingMs = pace.spacingMs * part;
  const slowness = 1 + (pace.slowness - 1) * part;
  return {
    lastAnswerAt: now,
    refusedSince: Number.POSITIVE_INFINITY,
    openAt: pace.openAt,
    spacingMs: spacingMs < SHORTEST_SPACING_MS ? 0 : spacingMs,
    slowness: slowness < LEAST_SLOWNESS ? 1 : slowness,
    distanceMs: pace.distanceMs,
    slowedAt: pace.slowedAt,
    grownAt: now,
    answers: 1 + pace.answers * Math.exp((pace.lastAnswerAt - now) / MEMORY_MS),
    slowdowns: 0,
  };
}

/** A request that was refused for the rate. */
interface Refusal {
  readonly startedAt: number;
  readonly now: number;
  readonly retryAfterMs: number | undefined;
}

/** The pace after a refusal. A wait longer than `patienceMs` ends the task, so nobody waits for it. `random` gives numbers from 0 up to 1. */
export function afterRefusal(
  pace: ServicePace,
  { startedAt, now, retryAfterMs }: Refusal,
  patienceMs: number,
  random: () => number,
): ServicePace {
  const refusedSince = Math.min(pace.refusedSince, now);
  // A request that left before the slowdown says nothing about the new pace.
  const isNews = startedAt > pace.slowedAt || pace.spacingMs === 0;
  const next = { ...(isNews ? slowedDown(pace, now) : pace), refusedSince };
  const pauseMs = retryAfterMs ?? (isNews ? backoffDelay(next.slowdowns, random) : Number.NEGATIVE_INFINITY);
  const isWaitedFor = retryAfterMs === undefined || retryAfterMs <= patienceMs;
  return isWaitedFor ? { ...next, openAt: Math.max(pace.openAt, now + pauseMs) } : next;
}

function slowedDown(pace: ServicePace, now: number): ServicePace {
  const distanceMs = measured(pace, now);
  return {
    ...pace,
    distanceMs,
    spacingMs: Math.min(LONGEST_SPACING_MS, SLOWEST * distanceMs, 2 * Math.max(pace.spacingMs, distanceMs)),
    slowness: Math.min(SLOWEST, 2 * pace.slowness),
    slowedAt: now,
    grownAt: now,
    answers: 0,
    slowdowns: pace.slowdowns + 1,
  };
}

/** The distance of the answers since the last pause; without any, the one before. */
function measured({ answers, distanceMs, slowedAt, openAt }: ServicePace, now: number): number {
  if (answers === 0) return distanceMs;
  const passedMs = now - Math.max(slowedAt, openAt);
  const memoryMs = Math.max(SHORTEST_MEMORY_MS, MEMORY_MS * (1 - Math.exp(-passedMs / MEMORY_MS)));
  const measuredMs = Math.min(LONGEST_MEASURED_MS, memoryMs / Math.max(1, answers));
  // After so short a time they may only be the first of many.
  return passedMs < SHORTEST_MEMORY_MS ? Math.min(distanceMs, measuredMs) : measuredMs;
}
