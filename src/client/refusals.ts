import { STATUS_CODES } from 'node:http';
import type { Failure, Problem } from '../core/failure.ts';
import { paymentFailure } from './payment.ts';
import { quoted } from './server-words.ts';

/*
 * How an answer other than 2xx becomes a failure: whether it is transient or final (contract, "Polling"), and what happened, in words.
 */

/** What a refusal means for this request: the words for a 404 and a 403, and whether a 400 can say that a task is exhausted. */
export interface Refusals {
  readonly missing: string;
  readonly forbidden: string;
  readonly tellsExhausted?: boolean;
}

/** An answer other than 2xx. */
interface Refusal {
  readonly status: number;
  /** The server's words. */
  readonly pieces: readonly string[];
  /** The origin that a redirect points to. */
  readonly target: string | undefined;
  /** In milliseconds, where `Retry-After` says so. */
  readonly retryAfterMs: number | undefined;
  /** Whether the service runs on this machine. */
  readonly isLocal: boolean;
}

/** Such an answer as a failure. */
export function statusFailure(refusal: Refusal, refusals: Refusals): Failure {
  const { status, retryAfterMs } = refusal;
  const failure = isTransient(refusal) ? transientFailure(refusal) : finalFailure(refusal, refusals);
  return failure.transient && retryAfterMs !== undefined ? { ...failure, status, retryAfterMs } : { ...failure, status };
}

/** A 403 that says when to come back is a rate limit, as 429 is: some gateways answer so. */
function isTransient({ status, retryAfterMs }: Refusal): boolean {
  if (status === 403) return retryAfterMs !== undefined;
  return [408, 425, 429].includes(status) || (status >= 500 && status < 600);
}

function transientFailure({ status, pieces }: Refusal): Failure {
  const note = status === 403 ? ' (rate limit)' : '';
  const what = `The API answered ${statusName(status)}${note}${quoted(pieces)}`;
  const problem = status === 403 || status === 429 ? 'rate_limit' : 'outage';
  return { kind: 'unreachable', problem, transient: true, what };
}

function finalFailure({ status, pieces, target, isLocal }: Refusal, { missing, forbidden, tellsExhausted }: Refusals): Failure {
  const words = quoted(pieces);
  switch (status) {
    case 401:
      return final('unauthorized', isLocal ? 'local_token_refused' : 'token_refused', `The API refused the token (401)${words}`);
    case 402:
      return paymentFailure(pieces);
    case 403:
      return final('unauthorized', 'forbidden', `${forbidden} (403)${words}`);
    case 404:
      return final('not_found', 'missing', `${missing} (404)${words}`);
  }
  if (status >= 300 && status < 400 && status !== 304) {
    const where = target === undefined ? '' : ` to ${target}`;
    return final('rejected', 'wrong_answer', `The API answered with a redirect${where} (${status}), which is not followed`);
  }
  const isExhausted = tellsExhausted === true && status === 400 && isOfTask(pieces.join(' '));
  return final('rejected', isExhausted ? 'exhausted' : 'rejected', `The API answered ${statusName(status)}${words}`);
}

/** Whether the words say that a task is exhausted: a quota can be exhausted too. */
function isOfTask(words: string): boolean {
  return /\bexhausted\b/i.test(words) && !/\b(?:not exhausted|quota|credits?|limit|plan)\b/i.test(words);
}

function final(kind: Failure['kind'], problem: Problem, what: string): Failure {
  return { kind, problem, transient: false, what };
}

function statusName(status: number): string {
  const name = STATUS_CODES[status];
  return name === undefined ? `${status}` : `${status} ${name}`;
}

/** The origin in a `Location` header, or words for it if there is none. */
export function originOf(location: string): string {
  if (!URL.canParse(location)) return 'another path';
  const { origin, protocol } = new URL(location);
  return origin === 'null' ? `a ${protocol} address` : origin;
}
