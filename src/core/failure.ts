/** What happened. */
interface Happening {
  /** In words, without a full stop. May hold text from the server: make it harmless before showing it. */
  readonly what: string;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** The technical cause for `--verbose`, such as an error code. Never holds the token. */
  readonly cause?: string;
}

/** What happened and what to do next: the two halves of one plain sentence, for the user of the command line. */
export interface Reason extends Happening {
  /** Starts with a verb: run, set, check. */
  readonly fix: string;
}

/** What went wrong with a request, as far as it matters for what the user does next. */
export type Problem =
  /** The service did not answer, or answered that it cannot now. */
  | 'outage'
  /** This machine, or the process, may open no more files, of which a connection is one. */
  | 'too_many_files'
  /** It refused because of the rate of all requests, not because of this one: a 429, or a 403 with `Retry-After`. */
  | 'rate_limit'
  | 'certificate'
  /** The proxy asks for a user and password. */
  | 'proxy_login'
  /** It does not let the request through. */
  | 'proxy_rules'
  | 'not_json'
  /** An answer, but not to what was asked: a redirect, another task, or one without end. */
  | 'wrong_answer'
  | 'token_refused'
  /** The same by a service on this machine, such as the sandbox. */
  | 'local_token_refused'
  | 'forbidden'
  | 'missing'
  | 'plan_required'
  | 'payment_failed'
  | 'insufficient_credits'
  /** A 402 for another reason. */
  | 'payment_required'
  /** The task is not resumed: its sources have no more candidates. */
  | 'exhausted'
  | 'rejected';

/**
 * Why one request brought no usable answer. Its kind becomes the outcome's when nothing more is tried. What to do about it
 * depends on who asked, so it does not say that.
 */
export interface Failure extends Happening {
  readonly kind: 'unreachable' | 'invalid_response' | 'rejected' | 'unauthorized' | 'payment_required' | 'not_found';
  readonly problem: Problem;
  /** Whether asking again can help (contract, "Polling"). */
  readonly transient: boolean;
  /** The minimum time during which asking again is worthwhile, whatever the limit for an outage, in milliseconds. */
  readonly retryForMs?: number;
  /** How long the service asked us to wait, in milliseconds (`Retry-After`, RFC 9110 section 10.2.3). */
  readonly retryAfterMs?: number;
  /** True if it is certain that nothing of the request left this machine, so that it had no effect. */
  readonly unsent?: boolean;
  /**
   * For a request that is sent only once: what is unknown, because the request may have succeeded while its answer was lost. A
   * clause.
   */
  readonly lost?: string;
}

/** The two halves as one sentence, without a full stop. */
export function sentence(reason: Reason): string {
  return `${reason.what}; ${reason.fix}`;
}
