/** What happened and what to do next: the two halves of one plain sentence. */
export interface Reason {
  /** What happened, without a full stop. May hold text from the server: make it harmless before showing it. */
  readonly what: string;
  /** What to do next; starts with a verb: run, set, check. */
  readonly fix: string;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
}

/** Why one request brought no usable answer. Its kind is the outcome's, once nothing more is tried. */
export interface Failure extends Reason {
  readonly kind: 'unreachable' | 'invalid_response' | 'rejected' | 'unauthorized' | 'payment_required' | 'not_found';
  /** Whether asking again can help (contract, "Polling"). */
  readonly transient: boolean;
  /** How long the service asked to be left alone, in milliseconds (`Retry-After`, RFC 9110 section 10.2.3). */
  readonly retryAfterMs?: number;
  /** Whether the service refused for the rate of all requests, and not for this one: a 429, or a 403 with `Retry-After`. */
  readonly isRateLimit?: boolean;
  /** True where it is certain that nothing of the request left this machine: whatever it would have done, it did not. */
  readonly unsent?: boolean;
  /** Of a request that is sent only once: what is not known, since it may have been heeded and its answer was lost. A clause. */
  readonly lost?: string;
  /** What a developer would want to know, for `--verbose`: an error code, say. Never holds the token. */
  readonly cause?: string;
}

/** The two halves as one sentence, without a full stop. */
export function sentence(reason: Reason): string {
  return `${reason.what}; ${reason.fix}`;
}
