import { reasonOf } from '../../src/cli/advice.ts';
import type { Failure } from '../../src/core/failure.ts';
import { type Forecast, forecastOf } from '../../src/core/forecast.ts';
import { remember } from '../../src/core/forecast-history.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { PollEvent } from '../../src/core/poll.ts';
import { begin, type Progress } from '../../src/core/progress.ts';
import { snapshot } from './tasks.ts';

export const FAILURE: Failure = {
  kind: 'unreachable',
  problem: 'outage',
  transient: true,
  status: 502,
  what: 'The API answered 502 Bad Gateway',
};

/** The progress of a task that has been polled: `task` holds changes to its object, or null for none yet. */
export function progress(task: Readonly<Record<string, unknown>> | null = {}, changes: Partial<Progress> = {}): Progress {
  const known = task && snapshot(task);
  return { ...begin('task-1', 0), ...(known ? { id: known.id, task: known, changedAt: 0 } : {}), ...changes };
}

/** An answer that has come `at` a time (ms), to a poll of every ten seconds; `changes` are to the task's object. */
export function answer(
  changes: Readonly<Record<string, unknown>>,
  at: number,
  more: { readonly changedAt?: number; readonly nextPollAt?: number; readonly forecast?: Forecast } = {},
): PollEvent {
  const task = snapshot(changes);
  return {
    kind: 'snapshot',
    task,
    at,
    changedAt: at,
    // Of a first answer: nothing is known yet.
    forecast: forecastOf(remember(null, task, at)),
    nextPollAt: at + 10_000,
    isLast: false,
    mayBeOld: false,
    ...more,
  };
}

/** The progress of a task that has ended, with the words that the user of the command line reads. */
export function ended(outcome: Outcome, task: Readonly<Record<string, unknown>> | null = {}): Progress {
  return progress(task, { outcome, reason: reasonOf(outcome, { kind: 'task', id: 'task-1' }, '') });
}

/** Keeps what is written to it. */
export function sink() {
  const written: string[] = [];
  return { write: (text: string) => written.push(text), lines: () => written.join('').split('\n').slice(0, -1), written };
}
