/** What a scenario does to a request in place of an answer. */
export type Fault = 'bad_gateway' | 'reset' | 'rate_limited';

/** How a simulated task goes. */
export interface Plan {
  /** What a task that nobody has set a query for searches for: so a list tells the tasks apart. */
  readonly query: string;
  /** How long it takes to reach `target`; to go on from there takes as much longer. */
  readonly minutes: number;
  /** The target of a task that nobody has set one for. */
  readonly target: number;
  readonly highFitShare: number;
  /** The part of the way to the target after which its counters stand still. */
  readonly until: number;
  readonly end: 'done' | 'failed' | 'never';
  /**
   * Of a task whose sources run dry before it reaches its target: the least part of its time in which no more candidates come and
   * those that wait are scored.
   */
  readonly settling?: number;
  /** What the account of such a task has too little of: credits, or requests a second. */
  readonly account?: 'without_credits' | 'rate_limited';
  /** By the number of the request, from 1. */
  readonly faults?: Readonly<Record<number, Fault>>;
}

const DONE: Plan = {
  query: 'climate-tech companies in Europe that sell to industry',
  minutes: 4,
  target: 50,
  highFitShare: 0.5,
  until: 1,
  end: 'done',
};
const EXHAUSTED: Plan = {
  ...DONE,
  query: 'makers of electric kilns in Europe',
  target: 100,
  highFitShare: 0.3,
  settling: 0.4,
};

/** The plan of each scenario. */
export const PLANS = {
  done: DONE,
  exhausted: EXHAUSTED,
  unscored: { ...EXHAUSTED, query: 'software for carbon accounts, made in Europe', until: 0.85, end: 'never' },
  failed: { ...DONE, query: 'heat pumps for breweries in Europe', minutes: 3, until: 0.6, end: 'failed' },
  flaky: {
    ...DONE,
    query: 'battery storage for European factories',
    faults: { 3: 'bad_gateway', 4: 'bad_gateway', 6: 'reset', 8: 'rate_limited' },
  },
  unpaid: { ...DONE, query: 'hydrogen for European utilities', account: 'without_credits' },
  limited: { ...DONE, query: 'robots that sort scrap metal in Europe', account: 'rate_limited' },
  stalled: { ...DONE, query: 'water treatment at European plants', until: 0.4, end: 'never' },
  slow: { ...DONE, query: 'insulation for pipes and tanks in Europe', minutes: 30 },
  instant: { ...DONE, query: 'leak sensors, made in Europe', minutes: 0 },
} as const satisfies Readonly<Record<string, Plan>>;
