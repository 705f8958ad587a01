import type { WireTask } from '../core/wire-task.ts';
import { type Arrivals, type Evaluation, gatheredAt, simulateSearch, simulateSearches } from './pipeline.ts';
import { type Fault, PLANS, type Plan } from './plans.ts';

/** A simulated task: pure functions of the time since it was created and of the number of its requests. */
export interface Scenario {
  /** What its account has too little of. */
  readonly account: Plan['account'];
  /** How long the task takes, in milliseconds; one that fails or stalls, how long it would. */
  readonly durationMs: number;
  /** The task as it stands `elapsedMs` after it was created; once it was resumed, not asked for a time before that. */
  task(elapsedMs: number): WireTask;
  /** The candidates that were evaluated by then, in this order: as many as the task counts. */
  evaluated(elapsedMs: number): readonly Evaluation[];
  /** The same task from `elapsedMs` on, with a target that is `more` higher, up to 250; undefined if it is exhausted by then. */
  resume(elapsedMs: number, more: number): Scenario | undefined;
  /** What befalls the `nth` request (1 is the first), if anything. */
  fault(nth: number): Fault | undefined;
}

/** What the creator of a task can set. Everything else is the same in every simulated task. */
export interface Order {
  readonly target: number;
  readonly fields: Partial<
    Pick<WireTask, 'query' | 'table_id' | 'auto_data_sources' | 'data_sources' | 'criteria' | 'exclude_domains'>
  >;
}

export type ScenarioName = keyof typeof PLANS;

/** The scenarios' names, for help and error messages. */
export const SCENARIO_NAMES = Object.keys(PLANS) as readonly ScenarioName[];

/** The scenario that an id names: `done`, or `done-2`, `done-anything` for another run of it. Undefined for other ids. */
export function scenarioOf(id: string, createdAt: Date): Scenario | undefined {
  const name = SCENARIO_NAMES.find((candidate) => id === candidate || id.startsWith(`${candidate}-`));
  return name && playScenario(name, id, createdAt);
}

/** A run of a scenario, with the ID as its seed; as `order` says, or as its plan says. */
export function playScenario(name: ScenarioName, id: string, createdAt: Date, order?: Order): Scenario {
  const plan: Plan = PLANS[name];
  const { target, fields } = order ?? { target: plan.target, fields: {} };
  return play({ id, plan, createdAt, target, fields }, { sinceMs: 0, since: 0, target });
}

/** What stays the same of a task for as long as it lives; the target is its first one. */
interface Birth extends Order {
  readonly id: string;
  readonly plan: Plan;
  readonly createdAt: Date;
}

/** A stretch of a task's life with one target: it begins where the task is created or resumed. */
interface Stretch {
  /** Milliseconds after the task was created. */
  readonly sinceMs: number;
  /** Where the search was by then, in its own milliseconds. */
  readonly since: number;
  readonly target: number;
}

/** How far a search is. */
interface Moment {
  /** In the search's own milliseconds. */
  readonly at: number;
  readonly hasEnded: boolean;
  /** No candidate comes any more and none waits to be enriched. Those that were enriched are still being scored, as in life. */
  readonly isExhausted: boolean;
}

/** The highest target of a task, however often it is resumed. The API's page says so. */
const MOST_RESULTS = 250;

/** How long a search takes, in milliseconds of its own; a plan says how fast they pass. */
const SEARCH_MS = 60_000;

function play(birth: Birth, { sinceMs, since, target }: Stretch): Scenario {
  const { plan } = birth;
  const arrivals = search(birth, target);
  const highFit = arrivals.evaluated.filter(({ isHighFit }) => isHighFit);
  // A task that reaches its target ends there; the rest of its candidates are never looked at. One that runs dry looks at all.
  const goal = (wanted: number) => (plan.settling ? SEARCH_MS : (highFit[wanted - 1]?.at ?? SEARCH_MS));
  const pace = (plan.minutes * 60_000) / goal(plan.target);
  const timeOf = (at: number) => sinceMs + Math.round((at - since) * pace);
  const end = goal(target) * plan.until;
  const momentAt = (elapsedMs: number): Moment => {
    const hasEnded = elapsedMs >= timeOf(end);
    const at = hasEnded ? end : Math.min(end, since + (elapsedMs - sinceMs) / pace);
    return { at, hasEnded, isExhausted: plan.settling !== undefined && at >= gatheredAt(arrivals) };
  };
  return {
    account: plan.account,
    durationMs: timeOf(goal(target)),
    task: (elapsedMs) => taskAt(birth, target, arrivals, momentAt(elapsedMs)),
    evaluated: (elapsedMs) => evaluatedBy(arrivals, momentAt(elapsedMs).at),
    resume(elapsedMs, more) {
      const { at, isExhausted } = momentAt(elapsedMs);
      if (isExhausted) return undefined;
      return play(birth, { sinceMs: elapsedMs, since: at, target: Math.min(MOST_RESULTS, target + more) });
    },
    fault: (nth) => plan.faults?.[nth],
  };
}

/** Goes to the sources as often as the target takes, but for a task that is to run dry: once, with too little for its first target. */
function search({ id, plan, target: first }: Birth, target: number): Arrivals {
  if (!plan.settling) return simulateSearches(id, SEARCH_MS, plan.highFitShare, Math.max(target, plan.target));
  const arrivals = simulateSearch(id, SEARCH_MS, plan.highFitShare * Math.min(1, first / plan.target), plan.settling);
  let found = 0;
  const evaluated = arrivals.evaluated.map(({ at, isHighFit }) => ({ at, isHighFit: isHighFit && ++found < first }));
  return { ...arrivals, evaluated };
}

function evaluatedBy({ evaluated }: Arrivals, at: number): readonly Evaluation[] {
  return evaluated.filter((candidate) => candidate.at <= at);
}

function taskAt({ id, plan, createdAt, fields }: Birth, target: number, arrivals: Arrivals, moment: Moment): WireTask {
  const { at, hasEnded, isExhausted } = moment;
  const by = (times: readonly number[]) => times.filter((time) => time <= at).length;
  const evaluated = evaluatedBy(arrivals, at);
  const task: WireTask = {
    id,
    created_at: createdAt.toISOString(),
    status: hasEnded ? endStatus(plan) : at > 0 ? 'in_progress' : 'created',
    query: `Simulated: ${plan.query}`,
    desired_num_results: target,
    is_exhausted: isExhausted,
    num_results_discovered: by(arrivals.discovered),
    num_results_enriched: by(arrivals.enriched),
    num_results_evaluated: evaluated.length,
    num_results: evaluated.filter(({ isHighFit }) => isHighFit).length,
    table_id: null,
    auto_data_sources: true,
    data_sources: ['web_search', 'extruct_db'],
    criteria: [
      { key: 'industrial', name: 'Sells to industry', criterion: 'The company sells mainly to manufacturers or utilities' },
      { key: 'europe', name: 'Based in Europe', criterion: 'The company has its headquarters in Europe' },
    ],
    ...fields,
  };
  if (task.status !== 'failed') return task;
  return { ...task, error: { code: 'source_unavailable', message: 'Simulated: the data sources stopped answering' } };
}

function endStatus(plan: Plan): WireTask['status'] {
  return plan.end === 'never' ? 'in_progress' : plan.end;
}
