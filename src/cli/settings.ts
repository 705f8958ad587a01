import * as z from 'zod/mini';
import { API_URL, readApiUrl } from '../client/api-url.ts';
import { proxyFor } from '../client/proxy.ts';
import { readProxyUrl } from '../client/proxy-url.ts';
import type { ProgressMode, Settings } from '../commands/context.ts';
import { CONDITION_FORMS, parseCondition } from '../core/condition.ts';
import { DURATION_FORMS, parseDuration } from '../core/duration.ts';
import { SHORTEST_INTERVAL_MS } from '../core/pacing.ts';
import { type Result, reasonsOf, usageError } from '../core/usage.ts';
import type { Host } from '../host.ts';
import { isColored } from './color.ts';
import { flag, off, readFlags } from './flag.ts';
import { printsToken } from './node-debug.ts';
import type { Flags } from './program.ts';
import { PROGRESS_MODES } from './values.ts';

/*
 * Flags and environment become one complete Settings here. Every default lives in this file; a flag beats the
 * environment (contract, "Settings").
 */

/** Defaults that differ from command to command. */
export interface CommandDefaults {
  readonly retryFor: string;
  readonly interval: string;
  readonly timeout?: string;
  readonly settle?: string;
}

function durationFlag(leastMs: number, wording: string) {
  return flag((text) => longEnough(text, leastMs), `set a duration${wording}: ${DURATION_FORMS}`);
}

function longEnough(text: string, leastMs: number): number | null {
  const ms = parseDuration(text);
  return ms !== null && ms >= leastMs ? ms : null;
}

const duration = durationFlag(0, '');
const positiveDuration = durationFlag(1, ' of at least 1ms');
const spacedDuration = durationFlag(SHORTEST_INTERVAL_MS, ` of at least ${SHORTEST_INTERVAL_MS}ms`);
const interval = flag(
  (text) => (text === 'auto' ? text : longEnough(text, SHORTEST_INTERVAL_MS)),
  `set auto, or a duration of at least ${SHORTEST_INTERVAL_MS}ms: ${DURATION_FORMS}`,
);
const condition = flag(parseCondition, `set ${CONDITION_FORMS}`);
const progress = z.enum(PROGRESS_MODES, { error: 'set auto, live, plain or none' });
const on = z._default(z.boolean(), true);

/** What commander hands over for the flags of `get` and `watch`. */
function flagSchema(defaults: CommandDefaults) {
  return z.object({
    apiUrl: z.optional(z.string()),
    insecureHttp: off,
    insecureDebug: off,
    requestTimeout: z.prefault(positiveDuration, '30s'),
    interval: z.prefault(interval, defaults.interval),
    timeout: defaults.timeout === undefined ? z.optional(positiveDuration) : z.prefault(positiveDuration, defaults.timeout),
    retryFor: z.prefault(duration, defaults.retryFor),
    stallTimeout: z.optional(positiveDuration),
    settle: z.prefault(duration, defaults.settle ?? '2m'),
    until: z._default(z.array(condition), []),
    failFast: off,
    json: off,
    results: off,
    progress: z._default(progress, 'auto'),
    quiet: off,
    heartbeat: z.prefault(spacedDuration, '60s'),
    bell: off,
    notify: off,
    allowExhausted: off,
    exitStatus: on,
    verbose: off,
    color: z.optional(z.boolean()),
  });
}

const DEBUG_WISH = 'set it without http, https, http2 and net, or add --insecure-debug';

/** Reads the flags of a command and the environment; reports the values that are not allowed, by name. */
export function readSettings(flags: Flags, defaults: CommandDefaults, host: Host): Result<Settings> {
  const parsed = readFlags(flagSchema(defaults), flags);
  const apiUrl = apiUrlOf(flags.apiUrl, flags.insecureHttp === true, host.env);
  const proxy = apiUrl.ok ? proxyOf(apiUrl.value, host.env) : apiUrl;
  if (!parsed.ok || !proxy.ok || !apiUrl.ok) return { ok: false, reasons: reasonsOf(parsed, proxy) };
  const values = parsed.value;
  if (printsToken(host.env) && !values.insecureDebug) return usageError('NODE_DEBUG makes Node.js print the token', DEBUG_WISH);
  return {
    ok: true,
    value: {
      apiUrl: apiUrl.value,
      proxy: proxy.value,
      requestTimeoutMs: values.requestTimeout,
      intervalMs: values.interval === 'auto' ? null : values.interval,
      timeoutMs: values.timeout ?? Number.POSITIVE_INFINITY,
      deadline: host.clock.now() + (values.timeout ?? Number.POSITIVE_INFINITY),
      retryForMs: values.retryFor,
      stallTimeoutMs: values.stallTimeout ?? Number.POSITIVE_INFINITY,
      settleMs: values.settle,
      until: values.until,
      failFast: values.failFast,
      json: values.json,
      results: values.results,
      progress: decideProgress(values.quiet ? 'none' : values.progress, host),
      heartbeatMs: values.heartbeat,
      unicode: hasUnicode(host.env),
      bell: values.bell,
      notify: values.notify,
      exit: { allowExhausted: values.allowExhausted, exitStatus: values.exitStatus },
      verbose: values.verbose || isDebugged(host.env),
      colored: {
        stdout: isColored(host.stdout, values.color, host.env),
        stderr: isColored(host.stderr, values.color, host.env),
      },
    },
  };
}

const HTTP_WISH = 'set an https:// address, or add --insecure-http to send the token unencrypted';

function apiUrlOf(given: unknown, insecureHttp: boolean, env: Host['env']): Result<URL> {
  const flag = typeof given === 'string' ? given : undefined;
  const name = flag === undefined && env.EXTRUCT_API_URL ? 'EXTRUCT_API_URL' : '--api-url';
  return readApiUrl(name, flag ?? (env.EXTRUCT_API_URL || API_URL), insecureHttp ? null : HTTP_WISH);
}

function proxyOf(apiUrl: URL, env: Host['env']): Result<URL | null> {
  const setting = proxyFor(apiUrl, env);
  return setting ? readProxyUrl(setting.variable, setting.url) : { ok: true, value: null };
}

function decideProgress(wish: 'auto' | ProgressMode, { env, stderr }: Host): ProgressMode {
  if (wish === 'none' || wish === 'plain') return wish;
  // Nothing can be redrawn on what is no terminal, whatever was asked for.
  if (stderr.isTTY !== true) return 'plain';
  return wish === 'auto' && (isCi(env) || env.TERM === 'dumb') ? 'plain' : 'live';
}

/** By the locale, in the order in which POSIX reads it; the Linux console's font has no bars. Without any locale we hope. */
function hasUnicode(env: Host['env']): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || 'UTF-8';
  return /utf-?8/i.test(locale) && env.TERM !== 'linux';
}

/** Whether a CI service runs the program: they all set CI. */
export function isCi({ CI }: Host['env']): boolean {
  return !['', '0', 'false'].includes(CI?.toLowerCase() ?? '');
}

function isDebugged(env: Host['env']): boolean {
  return (env.DEBUG ?? '').split(/[\s,]+/).includes('extruct-task');
}
