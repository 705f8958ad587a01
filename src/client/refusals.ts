import { STATUS_CODES } from 'node:http';
import type { Failure, Reason } from '../core/failure.ts';
import { CHECK_SERVICE, CHECK_URL } from './failures.ts';
import { paymentFailure } from './payment.ts';
import { cut, quoted } from './server-words.ts';

/*
 * What an answer of another kind than 2xx comes to: what is transient, what is final (contract, "Polling"), and the words a user reads.
 */

/** What it means, by what was asked for, that the service refuses: 404, 403, and any other refusal. */
export interface Refusals {
  readonly missing: Reason;
  readonly forbidden: Reason;
  /** What to do about a refusal that has no meaning of its own, by its status and the server's words; starts with a verb. */
  readonly fix: (status: number, words: string) => string;
}

/** An answer of another kind than 2xx. */
export interface Refusal {
  readonly status: number;
  /** The server's words. */
  readonly pieces: readonly string[];
  /** The origin that a redirect points to. */
  readonly target: string | undefined;
  /** In milliseconds, where `Retry-After` says so. */
  readonly retryAfterMs: number | undefined;
}

/** Why such an answer is of no use, and what to do. */
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
  if (status !== 403 && status !== 429) return { kind: 'unreachable', transient: true, what, fix: CHECK_SERVICE };
  const fix = "run the command again later, or check the account's limits in the app";
  return { kind: 'unreachable', transient: true, isRateLimit: true, what, fix };
}

function finalFailure({ status, pieces, target }: Refusal, { missing, forbidden, fix }: Refusals): Failure {
  const words = quoted(pieces);
  switch (status) {
    case 401:
      return final('unauthorized', `The API refused the token (401)${words}`, 'set EXTRUCT_API_TOKEN to a valid token');
    case 402:
      return paymentFailure(pieces);
    case 403:
      return final('unauthorized', `${forbidden.what} (403)${words}`, forbidden.fix);
    case 404:
      return final('not_found', `${missing.what} (404)${words}`, missing.fix);
  }
  if (status >= 300 && status < 400 && status !== 304) {
    const where = target === undefined ? '' : ` to ${target}`;
    return final('rejected', `The API answered with a redirect${where} (${status}), which is not followed`, CHECK_URL);
  }
  return final('rejected', `The API answered ${statusName(status)}${words}`, fix(status, pieces.join(' ')));
}

function final(kind: Failure['kind'], what: string, fix: string): Failure {
  return { kind, transient: false, what, fix };
}

function statusName(status: number): string {
  const name = STATUS_CODES[status];
  return name === undefined ? `${status}` : `${status} ${name}`;
}

/** The origin that a `Location` names, in words where it names none. */
export function originOf(location: string): string {
  if (!URL.canParse(location)) return 'another path';
  const { origin, protocol } = new URL(location);
  return cut(origin === 'null' ? `a ${protocol} address` : origin);
}
