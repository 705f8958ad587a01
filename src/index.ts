/*
 * What `import … from 'extruct-task'` gives: docs/library.md.
 */

export { ExtructError, type ExtructErrorDetails, type ExtructErrorKind } from './client/error.ts';
export { Extruct } from './client/extruct.ts';
export type {
  CallOptions,
  ExtructOptions,
  ListOptions,
  ListStatus,
  PartOptions,
  RequestInfo,
  ResultsOptions,
  Retry,
  Until,
  WatchOptions,
} from './client/options.ts';
export { isHighFit, verdictOf } from './client/rules.ts';
export type { Found, Results, TaskList, Tasks } from './client/tasks.ts';
export type { Company, Criterion, Score, TableRequest, Task, TaskRequest, TaskStatus } from './client/types.ts';
export type { Outcome, Update, Watch } from './client/watch.ts';
export type { Verdict } from './core/outcome.ts';
