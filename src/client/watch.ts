import type { ExtructError } from './error.ts';
import type { Until } from './options.ts';
import type { Task } from './types.ts';

/** What is learnt while a task is watched: an answer came, or a request failed and will be repeated after `delayMs`. */
export type Update =
  | { readonly kind: 'answer'; readonly task: Task; readonly at: Date }
  | {
      readonly kind: 'retrying';
      readonly error: ExtructError;
      /** How many requests have failed in a row. */
      readonly attempt: number;
      readonly delayMs: number;
      readonly at: Date;
    };

/** How a task ended, by its own account or by a condition of `until`. */
export type Outcome = {
  readonly task: Task;
  /** Candidates that were found and had not been scored; 0 as a rule. */
  readonly unscored: number;
} & (
  | { readonly kind: 'done' | 'exhausted' | 'failed' }
  /** The condition that held, as it was given. */
  | { readonly kind: 'condition_met'; readonly condition: Until }
);

/**
 * A watch that has begun. Its updates can be iterated once: of each kind only the newest waits for a slow reader. Leaving the loop
 * ends the watch. What keeps the task's end from being known is thrown, as an ExtructError.
 */
export interface Watch extends AsyncIterable<Update> {
  /** How the task ended, whether or not anybody iterates. */
  outcome(): Promise<Outcome>;
}
