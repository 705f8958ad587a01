import type { Outcome, StopSignal } from './outcome.ts';

/** The contract's table of exit codes. The compiler asks for a row for every outcome, but for signals, which have their own. */
const BY_OUTCOME: Readonly<Record<Exclude<Outcome['kind'], 'interrupted'>, number>> = {
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

/** 128 + the signal's number, as a shell reports a process that died of it. */
const BY_SIGNAL: Readonly<Record<StopSignal, number>> = { SIGHUP: 129, SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 };

/** Codes of endings that no task has a part in. */
export const UNEXPECTED = 1;
export const USAGE = 2;
export const NO_TOKEN = BY_OUTCOME.unauthorized;
export const TIMED_OUT = BY_OUTCOME.timed_out;

/** Of several tasks the worst decides: the first of these codes that occurs. */
const WORST_FIRST: readonly number[] = [4, 6, 1, 3, 7, 124, 5, 8, 0];

/** What the flags make of the outcomes that are no errors. */
export interface ExitPolicy {
  readonly allowExhausted: boolean;
  readonly exitStatus: boolean;
}

/** No outcome is excused: what the table itself says. */
export const STRICT: ExitPolicy = { allowExhausted: false, exitStatus: true };

/** The outcome's own number in the table, whatever the flags say: JSON's `exit_code`. */
export function exitCodeOf(outcome: Outcome): number {
  return outcome.kind === 'interrupted' ? signalExitCode(outcome.signal) : BY_OUTCOME[outcome.kind];
}

/** The code for a command that a signal ended. */
export function signalExitCode(signal: StopSignal): number {
  return BY_SIGNAL[signal];
}

/** The process's exit code for the outcomes of all its tasks. A signal outranks every task. */
export function processExitCode(outcomes: readonly Outcome[], policy: ExitPolicy): number {
  const interrupted = outcomes.find((outcome) => outcome.kind === 'interrupted');
  if (interrupted) return exitCodeOf(interrupted);
  const codes = new Set(outcomes.map((outcome) => (endedWell(outcome, policy) ? 0 : exitCodeOf(outcome))));
  return WORST_FIRST.find((code) => codes.has(code)) ?? UNEXPECTED;
}

/** Whether the task ended as its user wished: it adds nothing to the exit code. The one place that decides it. */
export function endedWell(outcome: Outcome, policy = STRICT): boolean {
  return isExcused(outcome, policy) || exitCodeOf(outcome) === 0;
}

function isExcused(outcome: Outcome, policy: ExitPolicy): boolean {
  if (outcome.kind === 'exhausted' && policy.allowExhausted) return true;
  return !policy.exitStatus && ['failed', 'exhausted', 'running'].includes(outcome.kind);
}
