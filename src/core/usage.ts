import type { Reason } from './failure.ts';

/** A value, or all errors in what the user gave, each with what to do. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reasons: readonly Reason[] };

/** An error as a result; `fix` starts with a verb. `what` and `fix` must not contain a secret. */
export function usageError(what: string, fix: string): Result<never> {
  return { ok: false, reasons: [{ what, fix }] };
}

/** All errors in what was read; empty if there are none. */
export function reasonsOf(...results: readonly Result<unknown>[]): readonly Reason[] {
  return results.flatMap((result) => (result.ok ? [] : result.reasons));
}
