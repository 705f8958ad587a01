import type { Reason } from './failure.ts';

/** A value, or what is wrong with what the user gave, and what is allowed. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: Reason };

/** A result that is none; `fix` starts with a verb. Neither may hold a secret. */
export function usageError(what: string, fix: string): Result<never> {
  return { ok: false, reason: { what, fix } };
}
