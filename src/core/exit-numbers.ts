import type { Outcome } from './outcome.ts';

/** The outcomes that have a code of their own: all but a signal's. */
export type Settled = Exclude<Outcome['kind'], 'interrupted'>;

/** The contract's table of exit codes. The compiler asks for a row for every outcome, but for signals, which have their own. */
export const BY_OUTCOME: Readonly<Record<Settled, number>> = {
  done: 0,
  condition_met: 0,
  unreachable: 1,
  invalid_response: 1,
  rejected: 1,
  failed: 3,
  unauthorized: 4,
  payment_required: 4,
  exhausted: 5,
  not_found: 6,
  stalled: 7,
  running: 8,
  timed_out: 124,
};
