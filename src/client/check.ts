import { MOST_MORE } from '../core/choices.ts';
import { REQUEST_TIMEOUT_MS, RETRY_ONCE_MS, RETRY_WATCH_MS, SETTLE_MS } from '../core/defaults.ts';
import { sentence } from '../core/failure.ts';
import { LIST_STATUSES, type ListFilter } from '../core/list-filter.ts';
import { SHORTEST_INTERVAL_MS } from '../core/pacing.ts';
import { wordsRedactor } from '../core/redact.ts';
import { parseTaskReference, TASK_FORMS } from '../core/task-reference.ts';
import { checkToken } from '../core/token.ts';
import type { Result } from '../core/usage.ts';
import { API_URL, readApiUrl } from './api-url.ts';
import type {
  CallOptions,
  ExtructOptions,
  ListOptions,
  PartOptions,
  RequestInfo,
  ResultsOptions,
  Retry,
  WatchOptions,
} from './options.ts';
import { readProxyUrl } from './proxy-url.ts';
import { type GivenCondition, readUntil } from './until.ts';

/*
 * Options become complete and typed here, with the core's defaults. What is wrong with one is the programmer's
 * mistake, so it is thrown: a TypeError, or a RangeError for a number out of its bounds. No message tells the token.
 */

/** What every call takes, checked. Durations in milliseconds, Infinity for no end; null where nothing was said. */
interface Limits {
  readonly signal: AbortSignal | null;
  readonly timeoutMs: number | null;
  readonly retryForMs: number | null;
  readonly requestTimeoutMs: number | null;
}

/** What a client is made with, checked. */
export interface Settings extends Limits {
  readonly token: string;
  readonly apiUrl: URL;
  readonly proxy: URL | null;
  readonly onRetry: (retry: Retry) => void;
  readonly onRequest: (request: RequestInfo) => void;
}

/** A call: its client's settings and its own options, complete. Durations in milliseconds, Infinity for no end. */
export interface Call extends Omit<Settings, keyof Limits> {
  readonly signals: readonly AbortSignal[];
  readonly timeoutMs: number;
  readonly retryForMs: number;
  readonly requestTimeoutMs: number;
}

/** What only a watch takes, checked and complete. */
export interface Watching {
  /** Null where the task's own pace decides. */
  readonly intervalMs: number | null;
  /** Infinity for none. */
  readonly stallTimeoutMs: number;
  readonly settleMs: number;
  readonly until: readonly GivenCondition[];
}

// The compiler asks for each.
const OF_CALL: Readonly<Record<keyof CallOptions, true>> = {
  requestTimeoutMs: true,
  retryForMs: true,
  timeoutMs: true,
  signal: true,
};
const OF_CLIENT: Readonly<Record<keyof ExtructOptions, true>> = {
  ...OF_CALL,
  token: true,
  apiUrl: true,
  proxy: true,
  onRetry: true,
  onRequest: true,
};
// All calls know them all, so that one object can serve several.
const OF_CALLS: Readonly<Record<keyof (WatchOptions & ListOptions & ResultsOptions), true>> = {
  ...OF_CALL,
  intervalMs: true,
  stallTimeoutMs: true,
  settleMs: true,
  until: true,
  offset: true,
  limit: true,
  status: true,
  search: true,
  highFit: true,
};

/** What the caller knows the token and the address by, for messages. */
interface Names {
  readonly token: string;
  readonly apiUrl: string;
}

/** The options of a client. */
export function checkClient(options: ExtructOptions, names: Names = { token: 'token', apiUrl: 'apiUrl' }): Settings {
  refuseUnknown(options, OF_CLIENT);
  const token = accepted(checkToken(textOf(options.token, names.token), names.token));
  if (token === '') throw new TypeError(`${names.token} is empty`);
  // A variable that is set to nothing means no proxy.
  const { apiUrl = API_URL, proxy = '', onRetry = () => {}, onRequest = () => {} } = options;
  return {
    ...checkLimits(options),
    token,
    apiUrl: accepted(readApiUrl(names.apiUrl, textOf(apiUrl, names.apiUrl), 'set an https:// address'), token),
    proxy: proxy === '' ? null : accepted(readProxyUrl('proxy', textOf(proxy, 'proxy'))),
    onRetry: functionOf(onRetry, 'onRetry'),
    onRequest: functionOf(onRequest, 'onRequest'),
  };
}

/** A call of a client. A signal of its own comes beside the client's. */
export function checkCall(settings: Settings, options: CallOptions, isWatch = false): Call {
  refuseUnknown(options, OF_CALLS);
  const own = checkLimits(options);
  const { token, apiUrl, proxy, onRetry, onRequest } = settings;
  return {
    ...{ token, apiUrl, proxy, onRetry, onRequest },
    signals: [settings.signal, own.signal].filter((signal) => signal !== null),
    timeoutMs: own.timeoutMs ?? settings.timeoutMs ?? Number.POSITIVE_INFINITY,
    retryForMs: own.retryForMs ?? settings.retryForMs ?? (isWatch ? RETRY_WATCH_MS : RETRY_ONCE_MS),
    requestTimeoutMs: own.requestTimeoutMs ?? settings.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
  };
}

/** What only a watch takes. */
export function checkWatching({ intervalMs, stallTimeoutMs, settleMs, until = [] }: WatchOptions): Watching {
  if (intervalMs === Number.POSITIVE_INFINITY) throw new RangeError('intervalMs has to have an end');
  return {
    intervalMs: durationOf(intervalMs, 'intervalMs', SHORTEST_INTERVAL_MS),
    stallTimeoutMs: durationOf(stallTimeoutMs, 'stallTimeoutMs', 1) ?? Number.POSITIVE_INFINITY,
    settleMs: durationOf(settleMs, 'settleMs', 0) ?? SETTLE_MS,
    until: readUntil(until),
  };
}

/** Which part of a list is wanted; all of it, unless said otherwise. */
export function checkRange({ offset = 0, limit = Number.POSITIVE_INFINITY }: PartOptions): { offset: number; limit: number } {
  return {
    offset: countOf(offset, 'offset', 0),
    limit: limit === Number.POSITIVE_INFINITY ? limit : countOf(limit, 'limit', 1),
  };
}

/** Whether only high-fit companies are wanted. */
export function checkHighFit({ highFit = false }: ResultsOptions): boolean {
  if (typeof highFit === 'boolean') return highFit;
  throw new TypeError('highFit has to be true or false');
}

/** What a list of tasks is narrowed to. */
export function checkFilter({ status = [], search = '' }: ListOptions): ListFilter {
  const statuses = typeof status === 'string' ? [status] : status;
  if (Array.isArray(statuses) && statuses.every((one) => LIST_STATUSES.some((known) => known === one)))
    return { statuses, search: textOf(search, 'search') };
  throw new TypeError(`status has to be one of ${LIST_STATUSES.join(', ')}, or a list of these`);
}

/** The id that names a task. */
export function checkTask(task: unknown): string {
  const id = typeof task === 'string' ? parseTaskReference(task) : null;
  if (id === null) throw new TypeError(`the task has to be ${TASK_FORMS}`);
  return id;
}

/** How many results more a task is asked for. */
export function checkMore(more: unknown): number {
  return countOf(more, 'more', 0, MOST_MORE);
}

function refuseUnknown(options: object, known: object): void {
  if (typeof options !== 'object' || options === null) throw new TypeError('the options have to be an object');
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) throw new TypeError(`there is no option '${unknown}'`);
}

function checkLimits({ signal, timeoutMs, retryForMs, requestTimeoutMs }: CallOptions): Limits {
  return {
    signal: signal === undefined ? null : signalOf(signal),
    timeoutMs: durationOf(timeoutMs, 'timeoutMs', 1),
    retryForMs: durationOf(retryForMs, 'retryForMs', 0),
    requestTimeoutMs: durationOf(requestTimeoutMs, 'requestTimeoutMs', 1),
  };
}

/** A whole number between two bounds. */
function countOf(value: unknown, name: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new TypeError(`${name} has to be a whole number`);
  if (value < least || value > most) throw new RangeError(`${name} has to be from ${least} to ${most}`);
  return value;
}

/** Should the token stand in the place of another option, it is struck out of what is told. */
function accepted<T>(result: Result<T>, token = ''): T {
  if (result.ok) return result.value;
  throw new TypeError(wordsRedactor(token)(result.reasons.map(sentence).join('; ')));
}

function textOf(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  if (value instanceof URL) return value.href;
  throw new TypeError(`${name} has to be a string`);
}

/** Null where nothing was said. */
function durationOf(value: unknown, name: string, least: number): number | null {
  if (value === undefined) return null;
  if (typeof value !== 'number' || Number.isNaN(value)) throw new TypeError(`${name} has to be a number of milliseconds`);
  if (value < least) throw new RangeError(`${name} has to be at least ${least}`);
  return value;
}

function functionOf<T>(value: T, name: string): T {
  if (typeof value === 'function') return value;
  throw new TypeError(`${name} has to be a function`);
}

/** By what it can do: a test's environment may have an AbortSignal of its own. */
function signalOf(value: AbortSignal): AbortSignal {
  if (typeof value?.aborted === 'boolean' && typeof value.addEventListener === 'function') return value;
  throw new TypeError('signal has to be an AbortSignal');
}
