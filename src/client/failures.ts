import { formatDuration } from '../core/duration.ts';
import { errorCode } from '../core/error-code.ts';
import type { Failure, Problem } from '../core/failure.ts';
import { OUT_OF_TIME } from './limit.ts';
import { proxyRefusal } from './proxy.ts';
import type { Broken } from './send.ts';
import { shorten } from './server-words.ts';

/*
 * Every way in which a request can miss its answer, as a Failure: it broke, or its answer cannot be used. Each line here is one of
 * the contract's "Polling": what is transient, what is final, and what happened, in words. What the service refuses is in refusals.ts.
 */

/** A 2xx answer whose body is not JSON. A proxy's page, mostly; asked for again. */
export function notJson(status: number): Failure {
  return invalid(true, status, 'not_json', 'The API answered with something that is not JSON');
}

/** JSON, but not what was asked for, a task say: asked for again. */
export function notWanted(status: number, wanted: string): Failure {
  return invalid(true, status, 'wrong_answer', `The API answered with something that is not ${wanted}`);
}

/** Another task than the one asked for: a cache in between is broken, and asking again would only hide that. */
export function otherTask(status: number, askedId: string, gotId: string): Failure {
  return invalid(false, status, 'wrong_answer', `The API answered with task ${shorten(gotId)} instead of ${askedId}`);
}

/** An answer that is longer than the limit. */
export function tooLong(status: number, limitBytes: number): Failure {
  return invalid(
    false,
    status,
    'wrong_answer',
    `The API's answer is longer than ${limitBytes / 1024 / 1024} MiB and was cut off`,
  );
}

/** An answer of so many values that reading it would take too much memory. */
export function tooCostly(status: number): Failure {
  return invalid(false, status, 'wrong_answer', "The API's answer holds too many values to be read");
}

// The error codes of OpenSSL and Node for a certificate that fails. Asking again does not help.
const CERTIFICATE_CODE =
  /CERT|^HOSTNAME_MISMATCH$|^INVALID_CA$|^INVALID_PURPOSE$|^PATH_LENGTH_EXCEEDED$|^UNABLE_TO_(?:GET|DECODE|DECRYPT|VERIFY)|^CRL_/;

const BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'closed the connection',
  EPIPE: 'closed the connection',
  EPROTO: 'does not speak TLS, or not a compatible version',
  ENOTFOUND: 'was not found in DNS',
  EAI_AGAIN: 'could not be looked up: DNS did not answer',
  ETIMEDOUT: 'cannot be reached: it does not answer',
  EHOSTUNREACH: 'cannot be reached',
  EUPGRADE: 'switched to another protocol without being asked',
  ENETUNREACH: 'cannot be reached: no network',
  EADDRNOTAVAIL: 'cannot be reached: this machine has no free address or port',
  EACCES: 'cannot be reached: this machine does not allow the connection',
  EPERM: 'cannot be reached: this machine does not allow the connection',
  EMFILE: 'could not be asked: this process has too many open files',
  ENFILE: 'could not be asked: this machine has too many open files',
};

/** What only the host comes to that is connected to: behind a proxy, until there is a tunnel, that is the proxy. */
const OF_CONNECTING = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPROTO'];

const TOO_MANY_FILES = ['EMFILE', 'ENFILE'];

/** The hosts that take part in a request, with their ports. */
export interface Parties {
  readonly host: string;
  readonly proxy: string | null;
}

/** A request that broke before its answer was whole. Of got's error only the code and the message are kept, never the error. */
export function brokenRequest({ error, unsent, hadSocket }: Broken, parties: Parties, timeoutMs: number): Failure {
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : '';
  const refusal = proxyRefusal(message);
  if (refusal !== null) return refusedByProxy(refusal, parties);
  const isCertificate = CERTIFICATE_CODE.test(code);
  const isOfProxy = parties.proxy !== null && !hadSocket && (isCertificate || OF_CONNECTING.includes(code));
  const host = isOfProxy ? `proxy ${parties.proxy}` : serverName(parties);
  const cause = `${code}: ${message}`;
  const base = { kind: 'unreachable', cause, unsent } as const;
  if (isCertificate) {
    const what = `The certificate of ${isOfProxy ? 'the ' : ''}${host} cannot be trusted (${code})`;
    // Inside a proxy's tunnel the handshake comes after the connection.
    return { ...base, problem: 'certificate', unsent: true, transient: false, what };
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    const what = `The headers that ${host} sent are too long`;
    return { ...base, kind: 'invalid_response', problem: 'wrong_answer', transient: false, what };
  }
  const what =
    code === OUT_OF_TIME
      ? `${host} did not answer within ${formatDuration(timeoutMs)}`
      : `${isOfProxy ? 'The ' : ''}${host} ${BY_CODE[code] ?? byFamily(code)}`;
  return { ...base, problem: TOO_MANY_FILES.includes(code) ? 'too_many_files' : 'outage', transient: true, what };
}

/** Node's HTTP parser and zlib name their errors by family. */
function byFamily(code: string): string {
  if (code.startsWith('HPE_')) return 'sent something that is not HTTP';
  return code.startsWith('Z_') ? 'sent a compressed answer that cannot be decompressed' : `sent no usable answer (${code})`;
}

/** With a proxy in between it is unknown which of the two failed, so both are named. */
function serverName({ host, proxy }: Parties): string {
  return proxy === null ? host : `${host} (through the proxy ${proxy})`;
}

/** The status is the proxy's: it says nothing about the task or the token. */
function refusedByProxy(status: number, { host, proxy }: Parties): Failure {
  if (status < 300 || status === 408 || status === 429 || status >= 500) {
    const what = `The proxy ${proxy} could not connect to ${host} (${status})`;
    return { kind: 'unreachable', problem: 'outage', transient: true, unsent: true, what };
  }
  const what = `The proxy ${proxy} refused to connect to ${host} (${status})`;
  return { kind: 'rejected', problem: status === 407 ? 'proxy_login' : 'proxy_rules', transient: false, unsent: true, what };
}

function invalid(transient: boolean, status: number, problem: Problem, what: string): Failure {
  return { kind: 'invalid_response', problem, transient, status, what };
}
