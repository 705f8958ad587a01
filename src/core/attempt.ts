import type { Failure } from './failure.ts';

/** What was asked for, or why it is not available. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** The result of one request, and when it left, on the clock's time: if it had to queue, later than it was asked for. */
export type Attempt<T> = Reading<T> & { readonly startedAt: number };
