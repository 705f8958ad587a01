import { isColored } from '../../cli/color.ts';
import type { Unread } from '../../cli/command.ts';
import { optionName, type Values } from '../../cli/option.ts';
import { shellWord } from '../../cli/shell-word.ts';
import { API_URL, readApiUrl } from '../../client/api-url.ts';
import { proxyFor } from '../../client/proxy.ts';
import { readProxyUrl } from '../../client/proxy-url.ts';
import type { Reason } from '../../core/failure.ts';
import type { Gate } from '../../core/gate.ts';
import { type Result, reasonsOf, usageError } from '../../core/usage.ts';
import type { Host } from '../../host.ts';
import { hasUnicode } from '../../render/environment.ts';
import { access, type limits } from '../options/access.ts';
import type { talk } from '../options/talk.ts';
import { printsToken } from './node-debug.ts';

/** The options of every command that asks the API. */
export type AccessOptions = typeof access & ReturnType<typeof limits> & typeof talk;

/** How the API is asked, and what is said about it. Durations in milliseconds. */
export interface Settings {
  readonly apiUrl: URL;
  /** The proxy to go through, which may hold a user and password; null for none. */
  readonly proxy: URL | null;
  /** The options that lead another command to the same service, with the same token, each behind a blank. */
  readonly way: string;
  readonly requestTimeoutMs: number;
  /** Infinity for none. */
  readonly timeoutMs: number;
  /** When that is over, on the clock's time: it counts from the start of the program. */
  readonly deadline: number;
  readonly retryForMs: number;
  /** Only warnings and errors on stderr. */
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Whether views and tables may hold signs beyond ASCII. */
  readonly unicode: boolean;
  /** Whether words are coloured on each stream. */
  readonly colored: { readonly stdout: boolean; readonly stderr: boolean };
}

/** Settings and the secret that goes with them; kept apart, so that settings can be shown. */
export interface Access {
  readonly settings: Settings;
  readonly token: string;
  /** What all requests of the process pass. */
  readonly gate: Gate;
}

const HTTP_WISH = 'set an https:// address, or add --insecure-http to send the token unencrypted';
const DEBUG_WISH = 'set it without http, https, http2 and net, or add --insecure-debug';

/** The settings that the options and the environment make, a flag before a variable; or all that is wrong with them. */
export function readSettings(
  values: Values<AccessOptions>,
  host: Pick<Host, 'argv' | 'env' | 'clock' | 'stdout' | 'stderr'>,
): Result<Settings> {
  const way = wayTo(values, host);
  if (!way.ok) return way;
  const timeoutMs = values.timeout ?? Number.POSITIVE_INFINITY;
  return {
    ok: true,
    value: {
      ...way.value,
      way: optionsOfWay(values),
      requestTimeoutMs: values.requestTimeout,
      timeoutMs,
      deadline: host.clock.now() + timeoutMs,
      retryForMs: values.retryFor,
      quiet: values.quiet,
      verbose: values.verbose || isDebugged(host.env),
      unicode: !values.ascii && hasUnicode(host.env),
      colored: { stdout: isColored(host.stdout, host), stderr: isColored(host.stderr, host) },
    },
  };
}

/** The options for the way to the API as they were given, quoted for the shell. */
function optionsOfWay(values: Values<typeof access>): string {
  const given = Object.entries(access).map(([key, option]) => [optionName(option), values[key as keyof typeof access]] as const);
  return given
    .filter(([, value]) => value !== null && value !== false)
    .map(([name, value]) => (typeof value === 'string' ? ` ${name} ${shellWord(value)}` : ` ${name}`))
    .join('');
}

/** How to get to the API; each of the options may be one that could not be read. */
function wayTo(values: Partial<Values<typeof access>>, { env }: Pick<Host, 'env'>): Result<Pick<Settings, 'apiUrl' | 'proxy'>> {
  const apiUrl = apiUrlOf(values, env);
  const proxy = apiUrl.ok ? proxyOf(apiUrl.value, env) : apiUrl;
  if (!apiUrl.ok || !proxy.ok) return { ok: false, reasons: reasonsOf(proxy) };
  if (printsToken(env) && !values.insecureDebug) return usageError('NODE_DEBUG makes Node.js print the token', DEBUG_WISH);
  return { ok: true, value: { apiUrl: apiUrl.value, proxy: proxy.value } };
}

function apiUrlOf({ apiUrl: given, insecureHttp }: Partial<Values<typeof access>>, env: Host['env']): Result<URL> {
  const flag = given ?? undefined;
  const name = flag === undefined && env.EXTRUCT_API_URL ? 'EXTRUCT_API_URL' : '--api-url';
  return readApiUrl(name, flag ?? (env.EXTRUCT_API_URL || API_URL), insecureHttp ? null : HTTP_WISH);
}

function proxyOf(apiUrl: URL, env: Host['env']): Result<URL | null> {
  const setting = proxyFor(apiUrl, env);
  return setting ? readProxyUrl(setting.variable, setting.url) : { ok: true, value: null };
}

function isDebugged(env: Host['env']): boolean {
  return (env.DEBUG ?? '').split(/[\s,]+/).includes('extruct-task');
}

/** What is wrong with how the API is to be reached, beside an option that cannot be read. */
export async function problemsWith({ values, context }: Unread<typeof access>): Promise<readonly Reason[]> {
  return reasonsOf(wayTo(values, context.host));
}
