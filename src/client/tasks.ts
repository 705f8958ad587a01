import type { CallOptions, ListOptions, ResultsOptions, WatchOptions } from './options.ts';
import type { Company, Task, TaskRequest } from './types.ts';
import type { Outcome, Watch } from './watch.ts';

/**
 * Discovery tasks. One is named by its id, or by its page in the app. Where an answer cannot be had, an ExtructError is thrown; when
 * the caller's signal aborts, its reason; for a wrong argument a TypeError or a RangeError.
 */
export interface Tasks {
  /**
   * Creates a task, which costs credits. The request is sent once: when its answer is lost, the error's `lost` says so, and `list` can
   * tell. Throws a TypeError for a request that is against the documented limits.
   */
  create(request: TaskRequest, options?: CallOptions): Promise<Task>;
  /** Asks for a task once. */
  get(task: string, options?: CallOptions): Promise<Task>;
  /** The workspace's tasks, newest first. */
  list(options?: ListOptions): TaskList;
  /** The companies that a task has found so far, by relevance. */
  results(task: string, options?: ResultsOptions): Results;
  /**
   * Asks a task for so many high-fit results more, 0 to 250, which costs credits. The request is sent once, as with `create`: then the
   * task's `desired_num_results` can tell.
   */
  resume(task: string, more: number, options?: CallOptions): Promise<Task>;
  /** Begins to watch a task until it has ended. The first request leaves at once. */
  watch(task: string, options?: WatchOptions): Watch;
  /** Waits until a task has ended. */
  wait(task: string, options?: WatchOptions): Promise<Outcome>;
}

/** The workspace's tasks, newest first. A page is asked for only when the loop comes to it; each loop asks anew. */
export interface TaskList extends AsyncIterable<Task> {
  /** All of them at once. */
  all(): Promise<Task[]>;
}

/** What a task has found. */
export interface Found {
  /** By relevance. */
  readonly companies: Company[];
  /** The task as it stood when the last company came. */
  readonly task: Task;
  /** Whether the results changed while they were read, also the second time: some of them may not have come. */
  readonly moved: boolean;
  /** How many companies fewer came than the task counts as high-fit; 0 where not all were wanted. */
  readonly missing: number;
}

/**
 * The companies that a task has found so far, by relevance. They are read before the loop begins, and once more where they changed
 * meanwhile or fewer came than the task counts; each loop reads anew.
 */
export interface Results extends AsyncIterable<Company> {
  /** All of them at once, with what may be missing. */
  all(): Promise<Found>;
}
