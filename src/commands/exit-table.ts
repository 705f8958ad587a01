import { table } from '../cli/docs.ts';
import { codeOf, SIGNAL_CODES, UNEXPECTED, USAGE } from '../core/exit-code.ts';
import type { Settled } from '../core/exit-numbers.ts';

/** What each outcome means, for docs/exit-codes.md. The compiler requires a row for each. */
const MEANINGS: Readonly<Record<Settled, string>> = {
  done: 'the task ended well',
  condition_met: 'an `--until` condition holds',
  unreachable: 'the outage outlasted `--retry-for`, or a certificate cannot be trusted',
  invalid_response: 'the answer is not a task, is another task, is longer than 10 MiB, or holds too many values',
  rejected: 'a redirect, or a 4xx that is not listed here',
  failed: 'the task failed on the server',
  unauthorized: 'the token is missing (nothing was sent), or refused with 401 or 403',
  payment_required: '402: the plan does not include it, the last payment failed, or the credits are used up',
  exhausted: 'the sources ran dry before the target',
  not_found: "404: no such task in the token's workspace",
  stalled: 'nothing has changed for `--stall-timeout`',
  running: 'the task has not ended yet: with `get`, after `watch --for`, or after `--fail-fast` stopped the watch',
  timed_out: '`--timeout` ran out, as with timeout(1)',
};

/** Codes that do not come from a task. */
const OTHERS: readonly (readonly [code: number, meaning: string])[] = [
  [UNEXPECTED, '`create`, `resume`: the answer was lost, so it is unknown whether the request succeeded'],
  [UNEXPECTED, '`results --min-grade`: the task has no such criterion'],
  [UNEXPECTED, 'the output could not be written, or the program has a bug'],
  [USAGE, 'usage error: a wrong flag, value or ID. Nothing was sent'],
];

/** The table of exit codes, in Markdown. */
export function exitTable(): string {
  const { SIGHUP, SIGINT, SIGTERM, SIGPIPE } = SIGNAL_CODES;
  const kinds = Object.keys(MEANINGS) as Settled[];
  const rows = [
    ...kinds.map((kind) => [codeOf(kind), `\`${kind}\``, MEANINGS[kind]] as const),
    ...OTHERS.map(([code, meaning]) => [code, '', meaning] as const),
  ].toSorted(([a], [b]) => a - b);
  const stopped = 'SIGHUP, SIGINT (Ctrl-C), SIGTERM. The process dies of the signal itself, so a shell loop stops too';
  return table(
    ['code', 'outcome in JSON', 'meaning'],
    [
      ...rows.map(([code, kind, meaning]) => [String(code), kind, meaning]),
      [`${SIGHUP}, ${SIGINT}, ${SIGTERM}`, '`interrupted`', stopped],
      [String(SIGPIPE), '`interrupted`', 'output pipe closed, as with `| head -n 1`'],
    ],
  );
}
