import type { Failure } from './failure.ts';

/** What an answer comes to: what was asked for, or why it is not to be had. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** What one request brought, and when it left, on the clock's time: later than it was asked for, where it had to queue. */
export type Attempt<T> = Reading<T> & { readonly startedAt: number };
