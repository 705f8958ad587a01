import type { Task } from './types.ts';

/**
 * What kept a call from its answer. `stalled` and `timed_out`: an option's time is up. The others are the last request's:
 * `unreachable` (an outage outlasted `retryForMs`), `invalid_response`, `rejected`, `unauthorized` (401, 403), `payment_required` (402),
 * `not_found` (404).
 */
export type ExtructErrorKind =
  | 'unreachable'
  | 'invalid_response'
  | 'rejected'
  | 'unauthorized'
  | 'payment_required'
  | 'not_found'
  | 'stalled'
  | 'timed_out';

/** What is known of an error besides its kind and its message. */
export interface ExtructErrorDetails {
  /** The HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** How long the service asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** True where the service asks for fewer requests: a 429, or a 403 with `Retry-After`. */
  readonly isRateLimit?: boolean | undefined;
  /** Of `create` and `resume`, where the request may have been heeded though its answer was lost: what is not known. A clause. */
  readonly lost?: string | undefined;
  /** The last answer, where there was one. */
  readonly task?: Task | undefined;
  /** For developers: an error code and its words. */
  readonly cause?: string | undefined;
}

/**
 * Thrown where a call has no answer to give. The message says what happened, and may quote the server: make it harmless before it
 * reaches a terminal. Nothing in it holds the token.
 */
export class ExtructError extends Error implements ExtructErrorDetails {
  readonly kind: ExtructErrorKind;
  declare readonly status?: number;
  declare readonly retryAfterMs?: number;
  declare readonly isRateLimit?: boolean;
  declare readonly lost?: string;
  declare readonly task?: Task;
  declare readonly cause?: string;

  static {
    // On the prototype, where it is no field of each error.
    ExtructError.prototype.name = 'ExtructError';
  }

  constructor(kind: ExtructErrorKind, message: string, details: ExtructErrorDetails = {}) {
    const { cause, ...others } = details;
    super(message, cause === undefined ? {} : { cause });
    this.kind = kind;
    Object.assign(this, Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)));
  }
}
