import type { WireTask } from '../core/wire-task.ts';
import { type Arrivals, simulateSearch } from './pipeline.ts';

/** What a scenario does to a request in place of an answer. */
export type Fault = 'bad_gateway' | 'reset' | 'rate_limited';

/** A simulated task: pure functions of the time since it was created and of the number of its requests. */
export interface Scenario {
  /** How long the task takes, in milliseconds; a stalled one, how long it would. */
  readonly durationMs: number;
  /** The task as it stands `elapsedMs` after it was created. */
  task(elapsedMs: number): WireTask;
  /** What befalls the `nth` request (1 is the first), if anything. */
  fault(nth: number): Fault | undefined;
}

/** How long the search behind every task takes, in milliseconds of its own; a plan stretches it. */
const SEARCH_MS = 60_000;

interface Plan {
  readonly minutes: number;
  readonly target: number;
  readonly highFitShare: number;
  /** The part of the task's time after which its counters stand still. */
  readonly until: number;
  readonly end: 'done' | 'exhausted' | 'failed' | 'never';
  readonly faults?: Readonly<Record<number, Fault>>;
}

const DONE: Plan = { minutes: 4, target: 50, highFitShare: 0.5, until: 1, end: 'done' };

const PLANS = {
  done: DONE,
  exhausted: { ...DONE, target: 100, highFitShare: 0.3, end: 'exhausted' },
  failed: { ...DONE, minutes: 3, until: 0.6, end: 'failed' },
  flaky: { ...DONE, faults: { 3: 'bad_gateway', 4: 'bad_gateway', 6: 'reset', 8: 'rate_limited' } },
  stalled: { ...DONE, until: 0.4, end: 'never' },
  slow: { ...DONE, minutes: 30 },
  instant: { ...DONE, minutes: 0 },
} as const satisfies Readonly<Record<string, Plan>>;

export type ScenarioName = keyof typeof PLANS;

/** The scenarios' names, for help and error messages. */
export const SCENARIO_NAMES = Object.keys(PLANS) as readonly ScenarioName[];

/** The scenario that an id names: `done`, or `done-2`, `done-anything` for another run of it. Undefined for other ids. */
export function scenarioOf(id: string, createdAt: Date): Scenario | undefined {
  const name = SCENARIO_NAMES.find((candidate) => id === candidate || id.startsWith(`${candidate}-`));
  return name && playPlan(id, PLANS[name], createdAt);
}

function playPlan(id: string, plan: Plan, createdAt: Date): Scenario {
  const durationMs = plan.minutes * 60_000;
  const arrivals = simulateSearch(id, SEARCH_MS, plan.highFitShare);
  // A task that reaches its target ends there; the rest of its candidates are never looked at.
  const targetAt = plan.end === 'done' ? arrivals.highFit[plan.target - 1] : undefined;
  const endsAt = targetAt ?? SEARCH_MS * plan.until;
  const endsMs = durationMs * plan.until;
  return {
    durationMs,
    task: (elapsedMs) => {
      const part = endsMs > 0 ? Math.min(1, elapsedMs / endsMs) : 1;
      return taskAt(id, plan, createdAt, arrivals, part * endsAt, part === 1);
    },
    fault: (nth) => plan.faults?.[nth],
  };
}

function taskAt(id: string, plan: Plan, createdAt: Date, arrivals: Arrivals, at: number, hasEnded: boolean): WireTask {
  const by = (times: readonly number[]) => times.filter((time) => time <= at).length;
  const task: WireTask = {
    id,
    created_at: createdAt.toISOString(),
    status: hasEnded ? endStatus(plan) : at > 0 ? 'in_progress' : 'created',
    query: 'Simulated: climate-tech companies in Europe that sell to industry',
    desired_num_results: plan.target,
    // The service sets this while the status still says in_progress; a client has to cope.
    is_exhausted: hasEnded && plan.end === 'exhausted',
    num_results_discovered: by(arrivals.discovered),
    num_results_enriched: by(arrivals.enriched),
    num_results_evaluated: by(arrivals.evaluated),
    num_results: by(arrivals.highFit),
    table_id: null,
    auto_data_sources: true,
    data_sources: ['web_search', 'extruct_db'],
    criteria: [
      { key: 'industrial', name: 'Sells to industry', criterion: 'The company sells mainly to manufacturers or utilities' },
      { key: 'europe', name: 'Based in Europe', criterion: 'The company has its headquarters in Europe' },
    ],
  };
  if (task.status !== 'failed') return task;
  return { ...task, error: { code: 'source_unavailable', message: 'Simulated: the data sources stopped answering' } };
}

function endStatus(plan: Plan): WireTask['status'] {
  return plan.end === 'done' || plan.end === 'failed' ? plan.end : 'in_progress';
}
