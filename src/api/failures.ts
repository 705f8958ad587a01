import { STATUS_CODES } from 'node:http';
import { formatDuration } from '../core/duration.ts';
import type { Failure, Reason } from '../core/failure.ts';
import { errorCode } from './error-code.ts';
import { parseJson } from './mend-json.ts';
import { proxyRefusal } from './proxy.ts';
import type { Broken } from './send.ts';

/*
 * Every way in which a request can miss its answer, as a Failure. Each line here is one of the contract's "Polling":
 * what is transient, what is final, and the words a user reads.
 */

const CHECK_SERVICE = 'check the service and your connection, and run the command again';
const CHECK_URL = 'check the API URL';

/** What it means, by what was asked for, that the service refuses: 404, and 403. */
export interface Refusals {
  readonly missing: Reason;
  readonly forbidden: Reason;
}

/** An answer of another kind than 2xx. `target` is the origin that a redirect points to. */
export function statusFailure(status: number, refusals: Refusals, body: string, target: string | undefined): Failure {
  const { missing, forbidden } = refusals;
  const detail = detailOf(body);
  // FastAPI's default detail is the name of the status, which is told already.
  const more = detail === STATUS_CODES[status] ? '' : detail && `: ${detail}`;
  const answer = `the API answered ${statusName(status)}${more}`;
  if (status === 401) {
    return final(
      'unauthorized',
      status,
      `The API refused the token (401)${detail && `: ${detail}`}`,
      'set EXTRUCT_API_TOKEN to a valid token',
    );
  }
  if (status === 403) {
    return final('unauthorized', status, `${forbidden.what} (403)${detail && `: ${detail}`}`, forbidden.fix);
  }
  if (status === 404) {
    return final('not_found', status, `${missing.what} (404)`, missing.fix);
  }
  if (status >= 300 && status < 400 && status !== 304) {
    const where = target === undefined ? '' : ` to ${target}`;
    return final('rejected', status, `The API answered with a redirect${where} (${status}), which is not followed`, CHECK_URL);
  }
  if ([408, 425, 429].includes(status) || (status >= 500 && status < 600)) {
    return { kind: 'unreachable', transient: true, status, what: capitalize(answer), fix: CHECK_SERVICE };
  }
  return final('rejected', status, capitalize(answer), 'check the task and the API URL');
}

/** A 2xx answer whose body is not JSON. A proxy's page, mostly; asked for again. */
export function notJson(status: number): Failure {
  return invalid(true, status, 'The API answered with something that is not JSON', `${CHECK_URL}, and for a proxy in between`);
}

/** JSON, but not what was asked for, a task say: asked for again. */
export function notWanted(status: number, wanted: string): Failure {
  return invalid(true, status, `The API answered with something that is not ${wanted}`, CHECK_URL);
}

/** Another task than the one asked for: somebody's cache is broken, and asking again would only hide it. */
export function otherTask(status: number, askedId: string, gotId: string): Failure {
  return invalid(false, status, `The API answered with task ${cut(gotId)} where ${askedId} was asked for`, CHECK_URL);
}

/** An answer of more bytes than are read. */
export function tooLong(status: number, limitBytes: number): Failure {
  return invalid(false, status, `The API's answer is longer than ${limitBytes / 1024 / 1024} MiB and was cut off`, CHECK_URL);
}

// What OpenSSL and Node call a certificate that fails. Asking again does not mend it.
const CERTIFICATE_CODE =
  /CERT|^HOSTNAME_MISMATCH$|^INVALID_CA$|^INVALID_PURPOSE$|^PATH_LENGTH_EXCEEDED$|^UNABLE_TO_(?:GET|DECODE|DECRYPT|VERIFY)|^CRL_/;

const BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke off the connection',
  EPIPE: 'broke off the connection',
  EPROTO: 'does not speak TLS, or not as we do',
  ENOTFOUND: 'is not known to the name service',
  EAI_AGAIN: 'could not be looked up: the name service did not answer',
  EHOSTUNREACH: 'cannot be reached',
  EUPGRADE: 'switched to another protocol, which was not asked for',
  ENETUNREACH: 'cannot be reached: there is no network',
  EADDRNOTAVAIL: 'cannot be reached: this machine has no address or port left for it',
  EACCES: 'cannot be reached: this machine does not allow the connection',
  EPERM: 'cannot be reached: this machine does not allow the connection',
  EMFILE: 'could not be asked: this process has too many files open',
  ENFILE: 'could not be asked: this machine has too many files open',
};

/** Who has a part in a request: hosts, with their ports. */
export interface Parties {
  readonly host: string;
  readonly proxy: string | null;
}

/** A request that broke before its answer was whole. Of got's error only the code and the message are kept, never the error. */
export function brokenRequest({ error, unsent }: Broken, parties: Parties, timeoutMs: number): Failure {
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : '';
  const refusal = proxyRefusal(message);
  if (refusal !== null) return refusedByProxy(refusal, parties);
  const host = nameOf(parties);
  const cause = `${code}: ${message}`;
  const base = { kind: 'unreachable', cause, unsent } as const;
  if (CERTIFICATE_CODE.test(code)) {
    const what = `The certificate of ${host} cannot be trusted (${code})`;
    return {
      ...base,
      // Inside a proxy's tunnel the handshake comes after the connection.
      unsent: true,
      transient: false,
      what,
      fix: 'check the API URL, and set NODE_EXTRA_CA_CERTS where a private authority signs',
    };
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return {
      ...base,
      kind: 'invalid_response',
      transient: false,
      what: `The headers that ${host} sent are too long`,
      fix: CHECK_URL,
    };
  }
  const what =
    code === 'ETIMEDOUT'
      ? `${host} did not answer within ${formatDuration(timeoutMs)}`
      : `${host} ${BY_CODE[code] ?? byFamily(code)}`;
  return { ...base, transient: true, what, fix: CHECK_SERVICE };
}

/** Node's HTTP parser and zlib name their errors by family. */
function byFamily(code: string): string {
  if (code.startsWith('HPE_')) return 'sent something that is not HTTP';
  return code.startsWith('Z_') ? 'sent a compressed answer that cannot be unpacked' : `sent no usable answer (${code})`;
}

/** With a proxy in between it cannot be told which of the two it was. */
function nameOf({ host, proxy }: Parties): string {
  return proxy === null ? host : `${host}, asked through the proxy ${proxy},`;
}

/** The status is the proxy's: it says nothing of the task, nor of the token. */
function refusedByProxy(status: number, { host, proxy }: Parties): Failure {
  if (status < 300 || status === 408 || status === 429 || status >= 500) {
    const what = `The proxy ${proxy} could not connect to ${host} (${status})`;
    return { kind: 'unreachable', transient: true, unsent: true, what, fix: CHECK_SERVICE };
  }
  const fix = status === 407 ? 'set its user and password in the variable that names it' : "check the proxy's rules";
  return {
    kind: 'rejected',
    transient: false,
    unsent: true,
    what: `The proxy ${proxy} refused to connect to ${host} (${status})`,
    fix,
  };
}

function final(kind: Failure['kind'], status: number, what: string, fix: string): Failure {
  return { kind, transient: false, status, what, fix };
}

function invalid(transient: boolean, status: number, what: string, fix: string): Failure {
  return { kind: 'invalid_response', transient, status, what, fix };
}

function statusName(status: number): string {
  const name = STATUS_CODES[status];
  return name === undefined ? `${status}` : `${status} ${name}`;
}

/** What a FastAPI error body says: `{"detail": "text"}`, or for 422 `{"detail": [{"loc": […], "msg": "…"}]}`. */
function detailOf(body: string): string {
  const detail = property(parseJson(body)?.value, 'detail');
  if (typeof detail === 'string') return cut(detail);
  return Array.isArray(detail) ? cut(detail.flatMap(problemOf).join(', ')) : '';
}

/** "Field required" says little without the field. The first part of `loc` is `body`, `path` or `query`. */
function problemOf(problem: unknown): string[] {
  const [message, place] = [property(problem, 'msg'), property(problem, 'loc')];
  if (typeof message !== 'string') return [];
  const field = Array.isArray(place) ? place.slice(1).join('.') : '';
  return [field === '' ? message : `${message} (${field})`];
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? value[name as keyof typeof value] : undefined;
}

/** The origin that a `Location` names, in words where it names none. */
export function originOf(location: string): string {
  if (!URL.canParse(location)) return 'another path';
  const { origin, protocol } = new URL(location);
  return cut(origin === 'null' ? `a ${protocol} address` : origin);
}

/** A server's words in an error stay one sentence, not a page. */
function cut(text: string): string {
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
