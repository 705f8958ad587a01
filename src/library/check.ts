import { API_URL, readApiUrl } from '../client/api-url.ts';
import { readProxyUrl } from '../client/proxy-url.ts';
import { CONDITION_FORMS, type Condition, parseCondition } from '../core/condition.ts';
import { sentence } from '../core/failure.ts';
import { SHORTEST_INTERVAL_MS } from '../core/pacing.ts';
import { redactor } from '../core/redact.ts';
import { parseTaskReference, TASK_FORMS } from '../core/task-reference.ts';
import { checkToken } from '../core/token.ts';
import type { Result } from '../core/usage.ts';
import type { CallOptions, ListOptions, WatchOptions } from './options.ts';

/*
 * The options of a call become complete and typed here; every default that all calls share is in this file. What is wrong with one is
 * the programmer's mistake, so it is thrown: a TypeError, or a RangeError for a number out of its bounds. No message tells the token.
 */

/** The options of a call, checked and complete. Durations in milliseconds. */
export interface Call {
  readonly token: string;
  readonly apiUrl: URL;
  readonly proxy: URL | null;
  readonly requestTimeoutMs: number;
  readonly retryForMs: number;
  /** Infinity for none. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | null;
}

/** What only a watch takes, checked and complete. */
interface Watching {
  /** Null for `auto`. */
  readonly intervalMs: number | null;
  /** Infinity for none. */
  readonly stallTimeoutMs: number;
  readonly settleMs: number;
  readonly until: readonly Condition[];
}

// The compiler asks for each. All calls know them all, so that one object can serve several.
const KNOWN: Readonly<Record<keyof (WatchOptions & ListOptions), true>> = {
  token: true,
  apiUrl: true,
  proxy: true,
  requestTimeoutMs: true,
  retryForMs: true,
  timeoutMs: true,
  signal: true,
  interval: true,
  stallTimeoutMs: true,
  settleMs: true,
  until: true,
  offset: true,
  limit: true,
};

/** The id that names a task. */
export function checkTask(task: unknown): string {
  const id = typeof task === 'string' ? parseTaskReference(task) : null;
  if (id === null) throw new TypeError(`the task has to be ${TASK_FORMS}`);
  return id;
}

/** What every call takes. `retryForMs` is the default, in milliseconds. */
export function checkCall(options: CallOptions, retryForMs: number): Call {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(KNOWN, name));
  if (unknown !== undefined) throw new TypeError(`there is no option '${unknown}'`);
  const token = accepted(checkToken(textOf(options.token, 'token'), 'token'));
  if (token === '') throw new TypeError('token is empty');
  // A variable that is set to nothing names no proxy.
  const { apiUrl = API_URL, proxy = '', signal } = options;
  return {
    token,
    apiUrl: accepted(readApiUrl('apiUrl', textOf(apiUrl, 'apiUrl'), 'set an https:// address'), token),
    proxy: proxy === '' ? null : accepted(readProxyUrl('proxy', textOf(proxy, 'proxy'))),
    requestTimeoutMs: durationOf(options.requestTimeoutMs ?? 30_000, 'requestTimeoutMs', 1),
    retryForMs: durationOf(options.retryForMs ?? retryForMs, 'retryForMs', 0),
    timeoutMs: durationOf(options.timeoutMs ?? Number.POSITIVE_INFINITY, 'timeoutMs', 1),
    signal: signal === undefined ? null : signalOf(signal),
  };
}

/** How long a watch waits for scores once the sources are exhausted and no counter changes, in milliseconds, unless said otherwise. */
const SETTLE_MS = 120_000;

/** What only a watch takes. */
export function checkWatching({ interval = 'auto', stallTimeoutMs, settleMs = SETTLE_MS, until = [] }: WatchOptions): Watching {
  if (interval === Number.POSITIVE_INFINITY) throw new RangeError('interval has to have an end');
  if (!Array.isArray(until)) throw new TypeError('until has to be an array of conditions');
  return {
    intervalMs: interval === 'auto' ? null : durationOf(interval, 'interval', SHORTEST_INTERVAL_MS),
    stallTimeoutMs: durationOf(stallTimeoutMs ?? Number.POSITIVE_INFINITY, 'stallTimeoutMs', 1),
    settleMs: durationOf(settleMs, 'settleMs', 0),
    until: until.map(conditionOf),
  };
}

/** What only a list takes. `most` is the default of its limit. */
export function checkRange({ offset = 0, limit }: ListOptions, most: number): { offset: number; limit: number } {
  const wanted = limit ?? most;
  return {
    offset: countOf(offset, 'offset', 0),
    limit: wanted === Number.POSITIVE_INFINITY ? wanted : countOf(wanted, 'limit', 1),
  };
}

/** A whole number between two bounds. */
export function countOf(value: unknown, name: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new TypeError(`${name} has to be a whole number`);
  if (value < least || value > most) throw new RangeError(`${name} has to be from ${least} to ${most}`);
  return value;
}

/** Should the token stand in the place of another option, it is struck out of what is told. */
function accepted<T>(result: Result<T>, token = ''): T {
  if (result.ok) return result.value;
  throw new TypeError(redactor(token)(result.reasons.map(sentence).join('; ')));
}

function textOf(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  if (value instanceof URL) return value.href;
  throw new TypeError(`${name} has to be a string`);
}

function durationOf(value: unknown, name: string, least: number): number {
  if (typeof value !== 'number' || Number.isNaN(value)) throw new TypeError(`${name} has to be a number of milliseconds`);
  if (value < least) throw new RangeError(`${name} has to be at least ${least}`);
  return value;
}

function conditionOf(text: unknown): Condition {
  const condition = typeof text === 'string' ? parseCondition(text) : null;
  if (condition === null) throw new TypeError(`until has to hold conditions: ${CONDITION_FORMS}`);
  return condition;
}

/** By what it can do: a test's environment may have an AbortSignal of its own. */
function signalOf(value: AbortSignal): AbortSignal {
  if (typeof value?.aborted === 'boolean' && typeof value.addEventListener === 'function') return value;
  throw new TypeError('signal has to be an AbortSignal');
}
