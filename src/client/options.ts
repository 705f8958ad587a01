import type { ExtructError } from './error.ts';
import type { Task } from './types.ts';

/** What every call takes. It goes before what the client was made with. Durations are in milliseconds, Infinity for no end. */
export interface CallOptions {
  /** Ends the call at once when it aborts; the call throws the signal's reason. A client's own signal ends it as well. */
  readonly signal?: AbortSignal | undefined;
  /** Gives up on the whole call after this time. Default: never. */
  readonly timeoutMs?: number | undefined;
  /** Keeps retrying in an outage for this time, from the start of its first failed request; 0 for no retry. Default: 30 s, for a watch 5 min. */
  readonly retryForMs?: number | undefined;
  /** Time limit for one request, from dial to last byte. Default: 30 s. */
  readonly requestTimeoutMs?: number | undefined;
}

/** What a client is made with. Nothing is read from the environment. */
export interface ExtructOptions extends CallOptions {
  /** The API's token. */
  readonly token: string;
  /** Where the API is. Default: `https://api.extruct.ai`. `http:` is allowed to this machine only. */
  readonly apiUrl?: string | URL | undefined;
  /** The proxy to go through, such as `http://user:password@host:3128`. Default: none. */
  readonly proxy?: string | URL | undefined;
  /** Called when a request failed and will be repeated. What it throws ends the call. */
  readonly onRetry?: ((retry: Retry) => void) | undefined;
  /** Called after each request. What it throws ends the call. */
  readonly onRequest?: ((request: RequestInfo) => void) | undefined;
}

/** A request that failed and will be repeated. */
export interface Retry {
  readonly error: ExtructError;
  /** How many requests have failed in a row. */
  readonly attempt: number;
  /** The next request leaves after this time. */
  readonly delayMs: number;
  /** The task that was asked for; absent where none was. */
  readonly taskId?: string;
}

/** A request that is over. Nothing in it is secret. */
export interface RequestInfo {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Absent where no answer came. */
  readonly status?: number;
  readonly tookMs: number;
  /** 1, or more when the requests before it failed. */
  readonly attempt: number;
}

/** What ends a watch well besides the task's own end: a condition such as `num_results>=50`, or a function that says whether to end. */
export type Until = string | ((task: Task) => boolean);

/** What `watch` and `wait` take. */
export interface WatchOptions extends CallOptions {
  /** Time from the start of one request to the start of the next, at least 100. Default: by how near the end seems. */
  readonly intervalMs?: number | undefined;
  /** Ends well too when one of these holds. */
  readonly until?: Until | readonly Until[] | undefined;
  /**
   * How long to go on after the sources are exhausted, while candidates are still being scored and no counter changes; 0 to end at
   * once. Default: 2 min.
   */
  readonly settleMs?: number | undefined;
  /** Gives up when no counter, target or status has changed for this time. Default: never. */
  readonly stallTimeoutMs?: number | undefined;
}

/** Which part of a list is wanted. */
export interface PartOptions extends CallOptions {
  /** How many of the first to pass over. Default: 0. */
  readonly offset?: number | undefined;
  /** The maximum number to read. Default: all. */
  readonly limit?: number | undefined;
}

/** What `results` takes. `offset` and `limit` count only what `highFit` lets through. */
export interface ResultsOptions extends PartOptions {
  /** Only companies that count into `num_results`: those of which `isHighFit` is true. Default: all. */
  readonly highFit?: boolean | undefined;
}

/** What a list of tasks can be narrowed to: how a task stands (`verdictOf`), or the status of one that runs. */
export type ListStatus = 'created' | 'in_progress' | 'running' | 'done' | 'exhausted' | 'failed';

/** What `list` takes. `timeoutMs` is for each page: between two of them it is the caller who takes time. */
export interface ListOptions extends PartOptions {
  /** Only tasks that stand so; or as one of these says. */
  readonly status?: ListStatus | readonly ListStatus[] | undefined;
  /** Only tasks whose query or ID holds this text, in any case. */
  readonly search?: string | undefined;
}
