import type { WireResults } from '../core/wire-result.ts';
import type { WireTask } from '../core/wire-task.ts';
import type { Fault } from './plans.ts';
import { resultsOf } from './results.ts';
import type { Scenario } from './scenario.ts';

/** How time passes in a sandbox. */
export interface Pace {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** How many seconds of a task pass in a second. */
  readonly speed: number;
}

/** A task whose time runs. */
export interface RunningTask {
  /** As it stands. */
  state(): WireTask;
  /** As a request for this one task sees it: for a moment after a resume, as it was just before. */
  seen(): WireTask;
  /** As it stands, with all that it had found a moment ago. */
  results(): WireResults;
  /** Asks for `more` additional results. Nothing changes unless the answer is `resumed`. */
  resume(more: number): 'resumed' | 'exhausted' | 'unpaid';
  /** Whether the rate limit that it shares with others lets a request through; counts one that it does. */
  admits(): boolean;
  /** Counts a request for its state; tells what befalls that. */
  nextFault(): Fault | undefined;
}

/** How long results lag behind the counters, in real milliseconds. */
const RESULTS_LAG_MS = 300;

/** How long it takes until a resume is visible, in real milliseconds. */
const RESUME_LAG_MS = 500;

/** How a task goes from a moment on, and how it went before. */
interface Course {
  readonly scenario: Scenario;
  /** Milliseconds of the task after it was created. */
  readonly sinceMs: number;
  readonly before?: Course;
}

/** Starts a task. `takesToken` asks the rate limit that is shared by all tasks which have one. */
export function startTask(ordered: Scenario, { now, speed }: Pace, takesToken: () => boolean): RunningTask {
  const startedAt = now();
  const elapsedMs = () => (now() - startedAt) * speed;
  let course: Course = { scenario: ordered, sinceMs: 0 };
  let requests = 0;
  return {
    state: () => course.scenario.task(elapsedMs()),
    seen() {
      const { before, sinceMs, scenario } = course;
      const ms = elapsedMs();
      return before && ms < sinceMs + RESUME_LAG_MS * speed ? before.scenario.task(sinceMs) : scenario.task(ms);
    },
    results() {
      const ms = elapsedMs();
      const task = course.scenario.task(ms);
      // What had ended before anybody asked has nothing that is new.
      const then = Math.max(0, ms - RESULTS_LAG_MS * speed);
      return { ...task, results: resultsOf(task, scenarioAt(course, then).evaluated(then)) };
    },
    resume(more) {
      if (course.scenario.account === 'without_credits') return 'unpaid';
      const sinceMs = elapsedMs();
      const scenario = course.scenario.resume(sinceMs, more);
      if (!scenario) return 'exhausted';
      course = { scenario, sinceMs, before: course };
      return 'resumed';
    },
    admits: () => course.scenario.account !== 'rate_limited' || takesToken(),
    nextFault: () => course.scenario.fault(++requests),
  };
}

/** How the task went at a time, in milliseconds after it was created. */
function scenarioAt({ scenario, sinceMs, before }: Course, ms: number): Scenario {
  return before && ms < sinceMs ? scenarioAt(before, ms) : scenario;
}
