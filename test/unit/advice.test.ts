import { describe, expect, it } from 'vitest';
import { type Asked, reasonOf } from '../../src/cli/advice.ts';
import { type Failure, type Problem, sentence } from '../../src/core/failure.ts';
import type { Outcome } from '../../src/core/outcome.ts';

const TASK: Asked = { kind: 'task', id: 'task-1' };
const RESUME: Asked = { kind: 'resume', id: 'task-1', more: 25 };
const LIST: Asked = { kind: 'list' };
const CREATE: Asked = { kind: 'create' };

const MINUTE = 60_000;

/** What a user reads where asking ended with such a failure; null for nothing. */
function advice(changes: Partial<Failure>, asked: Asked = TASK, more: Partial<Extract<Outcome, { failure: unknown }>> = {}) {
  const failure: Failure = { kind: 'unreachable', problem: 'outage', transient: true, what: 'It broke', ...changes };
  return told({ kind: failure.kind, failure, ...more }, asked);
}

function told(outcome: Outcome, asked: Asked = TASK): string | null {
  const reason = reasonOf(outcome, asked, '');
  return reason && sentence(reason);
}

describe('what to do about a failure', () => {
  it.each<[Problem, string]>([
    ['too_many_files', 'run `ulimit -n 256`, or close other programs, and run the command again'],
    ['outage', 'check the service and your connection, and run the command again'],
    ['rate_limit', "run the command again later, or check the account's limits in the app"],
    ['certificate', 'check the API URL, or set NODE_EXTRA_CA_CERTS if a private authority signed the certificate'],
    ['not_json', 'check the API URL and any proxy in between'],
    ['wrong_answer', 'check the API URL'],
    ['token_refused', 'set EXTRUCT_API_TOKEN to a valid token, from https://app.extruct.ai/api-tokens'],
    ['local_token_refused', 'set EXTRUCT_API_TOKEN to the token of this service; a sandbox prints its own when it starts'],
    ['plan_required', 'upgrade the plan in the app, and run the command again'],
    ['payment_failed', 'fix the payment in the app, and run the command again'],
    ['insufficient_credits', 'top up, or wait until the credits reset, and run the command again'],
    ['payment_required', 'check the plan and the credits in the app, and run the command again'],
    ['exhausted', 'run `extruct-task create` with a wider query: this task has no more candidates'],
  ])('(%s) stands behind what happened', (problem, fix) => {
    expect(advice({ problem })).toBe(`It broke; ${fix}`);
  });

  it.each<[Problem, Asked, string]>([
    ['missing', TASK, "check the ID, and that the token belongs to the task's workspace"],
    ['missing', RESUME, "check the ID, and that the token belongs to the task's workspace"],
    ['missing', LIST, 'check the API URL'],
    ['missing', CREATE, 'check the API URL'],
    ['forbidden', TASK, "check that the token belongs to the task's workspace"],
    ['forbidden', LIST, 'check the permissions of the token'],
    ['rejected', TASK, 'check the task and the API URL'],
    ['rejected', RESUME, 'check the task, --more and the API URL'],
    ['rejected', LIST, 'check the API URL'],
    ['rejected', CREATE, 'check the request and the API URL'],
  ])('(%s) depends on what was asked for: %j', (problem, asked, fix) => {
    expect(advice({ problem, transient: false }, asked)).toBe(`It broke; ${fix}`);
  });

  it.each<[Asked, string]>([
    [
      CREATE,
      'run `extruct-task list` to see whether the task exists before you create it again, or create it again with --reuse 1h',
    ],
    [RESUME, 'run `extruct-task get task-1` to see its target before you resume it again'],
  ])('is to find out first where the answer to %j was lost', (asked, fix) => {
    expect(advice({ transient: false, lost: 'nobody knows' }, asked)).toBe(`It broke; ${fix}`);
  });

  it('is patience where a request that is sent once was refused for now', () => {
    const refused = { problem: 'rate_limit', transient: false } as const;
    expect(advice(refused, CREATE)).toBe('It broke; run the command again later');
    expect(advice({ ...refused, retryAfterMs: MINUTE }, CREATE)).toBe('It broke; run the command again in 1m');
  });

  it('comes with the status and the cause, for those who want them', () => {
    const failure: Failure = {
      kind: 'unreachable',
      problem: 'outage',
      transient: true,
      what: 'It broke',
      status: 502,
      cause: 'E: x',
    };
    expect(reasonOf({ kind: 'unreachable', failure }, TASK, '')).toMatchObject({ status: 502, cause: 'E: x' });
  });
});

describe('an outcome', () => {
  it('that the task itself tells needs no words', () => {
    expect(told({ kind: 'exhausted', unscored: 3 })).toBeNull();
    expect(told({ kind: 'condition_met', condition: 'num_results>=1' })).toBeNull();
  });

  it('of an outage says how long it was put up with', () => {
    expect(advice({}, TASK, { gaveUp: { attempts: 4, afterMs: 7000 } })).toBe(
      'It broke, the last of 4 failures in 7s; check the service and your connection, and run the command again',
    );
  });

  it.each([
    ['unreachable', 'retryFor', '--retry-for'],
    ['timed_out', 'timeout', '--timeout'],
  ] as const)('(%s) of a Retry-After that reaches too far names the setting', (kind, limit, flag) => {
    expect(advice({}, TASK, { kind, gaveUp: { askedMs: 6 * MINUTE, limit } })).toBe(
      `It broke and asked us to wait 6m, longer than ${flag} allows; run the command again later, or set a longer ${flag}`,
    );
  });

  it('of a task that stands still names the setting', () => {
    expect(told({ kind: 'stalled', unchangedMs: 30_000 })).toBe(
      'Nothing has changed for 30s (--stall-timeout); check the task in the app, or set a longer --stall-timeout',
    );
  });

  it('of a stop is told as whoever stopped it says', () => {
    const reason = { what: 'Stopped', fix: 'run it again' };
    expect(told({ kind: 'interrupted', signal: 'SIGINT', reason })).toBe('Stopped; run it again');
  });
});
