/** What every call takes. Nothing is read from the environment. Durations are in milliseconds, Infinity for no end. */
export interface CallOptions {
  /** The API's token. */
  readonly token: string;
  /** Where the API is: `https://api.extruct.ai`, unless said otherwise. `http:` may lead to this machine alone. */
  readonly apiUrl?: string | URL | undefined;
  /** The proxy to go through, such as `http://user:password@host:3128`; none, unless said otherwise. */
  readonly proxy?: string | URL | undefined;
  /** For one request, from dial to last byte: 30 seconds, unless said otherwise. */
  readonly requestTimeoutMs?: number | undefined;
  /**
   * How long an outage is put up with, from the start of its first failed request; 0 for no retry. By default 30 seconds, for a
   * watch 5 minutes.
   */
  readonly retryForMs?: number | undefined;
  /** Gives up on the whole call after so long; never, unless said otherwise. */
  readonly timeoutMs?: number | undefined;
  /** Ends the call at once when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** What `watchTask` takes besides. */
export interface WatchOptions extends CallOptions {
  /** From the start of one poll to the start of the next, at least 100; by default `'auto'`: by how near the end seems. */
  readonly interval?: number | 'auto' | undefined;
  /** Gives up when no counter, target or status has changed for so long; never, unless said otherwise. */
  readonly stallTimeoutMs?: number | undefined;
  /**
   * How long to go on once the sources are exhausted, while candidates are still being scored and no counter changes; 0 to end at
   * once. 2 minutes, unless said otherwise.
   */
  readonly settleMs?: number | undefined;
  /** Ends well when one of these conditions holds, too: `num_results>=50`, say. */
  readonly until?: readonly string[] | undefined;
}

/** What `listTasks` and `getResults` take besides. */
export interface ListOptions extends CallOptions {
  /** How many of the first to pass over: none, unless said otherwise. */
  readonly offset?: number | undefined;
  /** The most that is wanted; Infinity for all. By default 20 tasks, or all results. */
  readonly limit?: number | undefined;
}

/** What a task is created from, by the API's own names. Fields that are not known here are passed on. */
export interface TaskRequest {
  readonly query: string;
  /** 1 to 250. */
  readonly desired_num_results?: number;
  readonly criteria?: readonly { readonly key: string; readonly name: string; readonly criterion: string }[];
  readonly auto_data_sources?: boolean;
  /** Needed where `auto_data_sources` is false. */
  readonly data_sources?: readonly string[];
  readonly exclude_domains?: readonly string[];
  /** At most 100. */
  readonly exclude_task_ids?: readonly string[];
  readonly table?: { readonly id: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}
