import type { Failure as FailedRequest } from '../core/failure.ts';
import type { TaskSnapshot } from '../core/task.ts';

/** What kept a call from its answer. */
export interface Failure {
  /** `stalled`, `timed_out`: an option's time is up. The others but `aborted` are the request's, once nothing more is tried. */
  readonly kind: FailedRequest['kind'] | 'stalled' | 'timed_out' | 'aborted';
  /** What happened, without a full stop. May hold text from the server: make it harmless before it reaches a terminal. */
  readonly message: string;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** How long the service asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** True where the service asks for fewer requests: a 429, or a 403 with `Retry-After`. Absent else. */
  readonly isRateLimit?: boolean;
  /** What a developer would want to know: an error code, say. */
  readonly cause?: string;
  /** Of a request that costs credits and may have been heeded, though its answer was lost: what is not known. A clause. */
  readonly lost?: string;
}

/** How a watch ended: by the task's own account, or by what kept us from hearing more of it; then with the last that was heard. */
export type Outcome = {
  /** What `extruct-task watch` would exit with; 8, the code of a running task, where the watch was aborted. */
  readonly exitCode: number;
} & (
  | {
      readonly kind: 'done' | 'exhausted' | 'failed';
      readonly task: TaskSnapshot;
      /** Candidates of a task with exhausted sources that were never scored; 0 as a rule. */
      readonly unscored: number;
    }
  | { readonly kind: 'condition_met'; readonly condition: string; readonly task: TaskSnapshot }
  | { readonly kind: Failure['kind']; readonly failure: Failure; readonly task: TaskSnapshot | null }
);

/** What a single call comes to. */
export type Result<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly failure: Failure };
