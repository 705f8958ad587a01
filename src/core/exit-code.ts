import { BY_OUTCOME, type Settled } from './exit-numbers.ts';
import type { Outcome, StopSignal } from './outcome.ts';

/** 128 + the signal's number, as a shell reports a process that died of it. */
export const SIGNAL_CODES: Readonly<Record<StopSignal, number>> = { SIGHUP: 129, SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 };

/** Codes of endings that do not come from a task. */
export const UNEXPECTED = 1;
export const USAGE = 2;
export const NO_TOKEN = BY_OUTCOME.unauthorized;
export const TIMED_OUT = BY_OUTCOME.timed_out;

/** With several tasks the worst one decides: the first of these codes that occurs. */
const WORST_FIRST: readonly number[] = [4, 6, 1, 3, 7, 124, 5, 8, 0];

/** How bad an outcome is, among those of several tasks: the worst has the greatest number. */
export function badness(outcome: Outcome): number {
  const rank = WORST_FIRST.indexOf(exitCodeOf(outcome));
  return WORST_FIRST.length - rank;
}

/** How the flags treat the outcomes that are not errors. */
export interface ExitPolicy {
  readonly allowExhausted: boolean;
  readonly exitStatus: boolean;
}

/** No outcome is excused. */
export const STRICT: ExitPolicy = { allowExhausted: false, exitStatus: true };

/** The number of a kind of outcome in the table. */
export function codeOf(kind: Settled): number {
  return BY_OUTCOME[kind];
}

/** The outcome's own number in the table, whatever the flags say: JSON's `exit_code`. */
export function exitCodeOf(outcome: Outcome): number {
  return outcome.kind === 'interrupted' ? SIGNAL_CODES[outcome.signal] : BY_OUTCOME[outcome.kind];
}

/** The code by which a shell knows how a process ended. */
export function codeOfEnding(ending: number | StopSignal): number {
  return typeof ending === 'number' ? ending : SIGNAL_CODES[ending];
}

/** How the process ends after the outcomes of all its tasks: with a code, or of the signal that outranks every task. */
export function endingOf(outcomes: readonly Outcome[], policy: ExitPolicy): number | StopSignal {
  const interrupted = outcomes.find((outcome) => outcome.kind === 'interrupted');
  return interrupted ? interrupted.signal : worstCode(outcomes, policy);
}

function worstCode(outcomes: readonly Outcome[], policy: ExitPolicy): number {
  const codes = new Set(outcomes.map((outcome) => (endedWell(outcome, policy) ? 0 : exitCodeOf(outcome))));
  return WORST_FIRST.find((code) => codes.has(code)) ?? UNEXPECTED;
}

/** The code that counts of two. */
export function worseOf(one: number, other: number): number {
  return WORST_FIRST.find((code) => code === one || code === other) ?? UNEXPECTED;
}

/** Whether the task ended as its user wished: it adds nothing to the exit code. The one place that decides it. */
export function endedWell(outcome: Outcome, policy = STRICT): boolean {
  return isExcused(outcome, policy) || exitCodeOf(outcome) === 0;
}

function isExcused(outcome: Outcome, policy: ExitPolicy): boolean {
  if (outcome.kind === 'exhausted' && policy.allowExhausted) return true;
  return !policy.exitStatus && ['failed', 'exhausted', 'running'].includes(outcome.kind);
}
