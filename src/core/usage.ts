import type { Reason } from './failure.ts';

/** A value, or all that is wrong with what the user gave, each with what is allowed. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reasons: readonly Reason[] };

/** A result that is none; `fix` starts with a verb. Neither may hold a secret. */
export function usageError(what: string, fix: string): Result<never> {
  return { ok: false, reasons: [{ what, fix }] };
}

/** All that is wrong with what was read; nothing where it is as it should be. */
export function reasonsOf(...results: readonly Result<unknown>[]): readonly Reason[] {
  return results.flatMap((result) => (result.ok ? [] : result.reasons));
}
