import * as z from 'zod/mini';
import { proxyFor } from '../api/proxy.ts';
import type { ProgressMode, Settings } from '../commands/context.ts';
import { CONDITION_FORMS, parseCondition } from '../core/condition.ts';
import { DURATION_FORMS, parseDuration } from '../core/duration.ts';
import type { Host } from '../host.ts';
import { isColored } from './color.ts';
import { flag, off, readFlags } from './flag.ts';
import { printsToken } from './node-debug.ts';
import type { Flags } from './program.ts';
import { type Result, usageError } from './usage.ts';
import { PROGRESS_MODES } from './values.ts';

/*
 * Flags and environment become one complete Settings here. Every default lives in this file; a flag beats the
 * environment (contract, "Settings").
 */

const SHORTEST_INTERVAL_MS = 100;

/** Defaults that differ from command to command. */
export interface CommandDefaults {
  readonly retryFor: string;
  readonly interval: string;
  readonly timeout?: string;
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

/** Reads the flags of a command and the environment; reports the first value that is not allowed, by name. */
export function readSettings(flags: Flags, defaults: CommandDefaults, host: Host): Result<Settings> {
  const parsed = readFlags(flagSchema(defaults), flags);
  if (!parsed.ok) return parsed;
  const values = parsed.value;
  const apiUrl = readApiUrl(values.apiUrl, values.insecureHttp, host.env);
  if (!apiUrl.ok) return apiUrl;
  const proxy = readProxy(apiUrl.value, host.env);
  if (!proxy.ok) return proxy;
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

/** https, or http where the token stays on this machine or the user insists. A URL with user info is not repeated: it is a secret. */
function readApiUrl(flag: string | undefined, insecureHttp: boolean, env: Host['env']): Result<URL> {
  const name = flag === undefined && env.EXTRUCT_API_URL ? 'EXTRUCT_API_URL' : '--api-url';
  const text = flag ?? (env.EXTRUCT_API_URL || 'https://api.extruct.ai');
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.username || url?.password)
    return usageError(`${name} holds a user or password`, 'set it without, the token is all that is sent');
  const refuse = (wish: string) => usageError(`${name} cannot be '${/[@?#]/.test(text) ? '…' : text}'`, wish);
  if (url && /[?#]/.test(url.href)) return usageError(`${name} holds a query or a fragment`, 'set the address alone');
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    return refuse('set an https:// address, such as https://api.extruct.ai');
  }
  if (url.protocol === 'http:' && !insecureHttp && !isLoopback(url.hostname)) {
    return refuse('set an https:// address, or add --insecure-http to send the token unencrypted');
  }
  return { ok: true, value: url };
}

/** The value is not repeated: it may hold a password. Without a scheme it is an http proxy, as with curl. */
function readProxy(apiUrl: URL, env: Host['env']): Result<URL | null> {
  const setting = proxyFor(apiUrl, env);
  if (!setting) return { ok: true, value: null };
  const text = setting.url.includes('://') ? setting.url : `http://${setting.url}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && ['http:', 'https:'].includes(url.protocol) && isDecodable(url.username + url.password))
    return { ok: true, value: url };
  return usageError(`${setting.variable} names no proxy that can be used`, 'set an http:// or https:// address');
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}

/** `hostname` is a URL's, which writes every form of an IPv4 address in the dotted one. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
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
