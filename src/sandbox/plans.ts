/** What a scenario does to a request in place of an answer. */
export type Fault = 'bad_gateway' | 'reset' | 'rate_limited';

/** How a simulated task goes. */
export interface Plan {
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

const DONE: Plan = { minutes: 4, target: 50, highFitShare: 0.5, until: 1, end: 'done' };
const EXHAUSTED: Plan = { ...DONE, target: 100, highFitShare: 0.3, settling: 0.4 };

/** The plan of each scenario. */
export const PLANS = {
  done: DONE,
  exhausted: EXHAUSTED,
  unscored: { ...EXHAUSTED, until: 0.85, end: 'never' },
  failed: { ...DONE, minutes: 3, until: 0.6, end: 'failed' },
  flaky: { ...DONE, faults: { 3: 'bad_gateway', 4: 'bad_gateway', 6: 'reset', 8: 'rate_limited' } },
  unpaid: { ...DONE, account: 'without_credits' },
  limited: { ...DONE, account: 'rate_limited' },
  stalled: { ...DONE, until: 0.4, end: 'never' },
  slow: { ...DONE, minutes: 30 },
  instant: { ...DONE, minutes: 0 },
} as const satisfies Readonly<Record<string, Plan>>;
