import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import type { Socket } from 'node:net';
import got, { type Agents, type Response } from 'got';
import { type Clock, LONGEST_TIMER_MS } from '../core/clock.ts';
import type { Failure } from '../core/failure.ts';
import { brokenRequest, notJson, originOf, type Parties, statusFailure, tooLong } from './failures.ts';
import { type ParsedJson, parseJson } from './mend-json.ts';
import { proxyAgents } from './proxy.ts';
import { redactor } from './redact.ts';
import { retryAfterMs } from './retry-after.ts';

/** The longest answer that is read, in bytes once decompressed (contract, "Where it runs"). got has no limit of its own. */
const LONGEST_ANSWER = 10 * 1024 * 1024;

const SOCKETS = 64;

/** How to reach the API. */
export interface HttpOptions {
  readonly apiUrl: URL;
  readonly token: string;
  /** From dial to last byte, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** A proxy's URL, which may hold its user and password; null for none. */
  readonly proxy: URL | null;
  readonly userAgent: string;
  readonly clock: Clock;
  /** Told of each request once it is over; holds nothing secret. */
  readonly onExchange: (exchange: Exchange) => void;
}

/** One request as `--verbose` tells it. */
export interface Exchange {
  readonly method: 'GET';
  readonly url: string;
  /** Absent where no answer came. */
  readonly status?: number;
  readonly failure?: Failure;
  readonly tookMs: number;
  /** 1, or more when the requests for this task before it failed. */
  readonly attempt: number;
}

/** An answer, whole. */
interface Answer {
  readonly status: number;
  readonly headers: Response['headers'];
  /** Null where it was longer than is read. */
  readonly body: string | null;
}

/** What an answer comes to: what was asked for, or why it is not to be had. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** What to ask for, and how to read the answer's JSON. */
interface Question<T> {
  /** Behind the API's address, with its leading slash. */
  readonly path: string;
  /** What a 404 means. */
  readonly missing: string;
  readonly read: (json: ParsedJson, status: number) => Reading<T>;
  /** The last answer to the same question: one that says the same is not read again. */
  readonly known?: Known<T> | undefined;
}

/** An answer that was read, with the server's own mark for it, where it gave one (`ETag`, RFC 9110 section 8.8.3). */
export interface Known<T> {
  readonly etag: string | undefined;
  readonly body: string;
  readonly value: T;
}

/** Asks once. Never rejects; tells when the request left, on the clock's time, and what is known from then on. */
type Ask = <T>(
  question: Question<T>,
  signal: AbortSignal,
) => Promise<Reading<T> & { readonly startedAt: number; readonly known?: Known<T> | undefined }>;

/**
 * Makes the function that sends requests. It reports every failure as a value, retries nothing (the poll loop does, with a
 * budget) and follows no redirect, so that the token goes to one origin.
 */
export async function createHttp(options: HttpOptions): Promise<Ask> {
  const connection = { ...options, send: senderOf(options, await agentsFor(options)), redact: redactor(options.token) };
  const attempts = new Map<string, number>();
  const base = options.apiUrl.href.replace(/\/+$/, '');
  return async (question, signal) => {
    const url = base + question.path;
    const startedAt = options.clock.now();
    const attempt = (attempts.get(url) ?? 0) + 1;
    const { reading, status, known } = await exchange(question, { ...connection, url, signal });
    if (reading.ok) attempts.delete(url);
    else attempts.set(url, attempt);
    options.onExchange({
      method: 'GET',
      url,
      ...(status === undefined ? {} : { status }),
      ...(reading.ok ? {} : { failure: reading.failure }),
      tookMs: options.clock.now() - startedAt,
      attempt,
    });
    return { ...reading, startedAt, known };
  };
}

/** All that one request needs. */
interface Request extends HttpOptions {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly send: (url: string, etag: string | undefined) => GotStream;
  readonly redact: (text: string) => string;
}

type GotStream = ReturnType<typeof got.stream>;

/** One instance for all requests: to read the options anew for each would take a third of its time. */
function senderOf({ token, userAgent }: HttpOptions, agents: Agents): Request['send'] {
  const instance = got.extend({
    headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': userAgent },
    agent: agents,
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
  });
  return (url, etag) => instance.stream(url, etag === undefined ? {} : { headers: { 'if-none-match': etag } });
}

/** TLS is loaded only for https. */
async function agentsFor({ apiUrl, proxy, requestTimeoutMs }: HttpOptions): Promise<Agents> {
  if (proxy !== null) return proxyAgents(proxy, SOCKETS, Math.min(requestTimeoutMs, LONGEST_TIMER_MS));
  const options = { keepAlive: true, maxSockets: SOCKETS };
  if (apiUrl.protocol === 'http:') return { http: new HttpAgent(options) };
  const { Agent: HttpsAgent } = await import('node:https');
  return { https: new HttpsAgent(options) };
}

interface Exchanged<T> {
  readonly reading: Reading<T>;
  readonly status?: number;
  readonly known?: Known<T> | undefined;
}

async function exchange<T>(question: Question<T>, request: Request): Promise<Exchanged<T>> {
  const answer = await ask(request, question.known?.etag).catch((error: unknown) =>
    brokenRequest(error, partiesOf(request), request.requestTimeoutMs),
  );
  if ('kind' in answer) return { reading: { ok: false, failure: answer } };
  const { status, headers, body } = answer;
  if (question.known && isUnchanged(answer, question.known)) {
    return { reading: { ok: true, value: question.known.value }, status, known: question.known };
  }
  const reading = interpret(answer, question, request);
  const known = reading.ok && body !== null ? { etag: headers.etag, body, value: reading.value } : undefined;
  return { reading, status, known };
}

/** By the server's word (304, RFC 9110 section 15.4.5), or letter for letter: most polls bring nothing new. */
function isUnchanged({ status, body }: Answer, known: Known<unknown>): boolean {
  return status === 304 ? known.etag !== undefined : status === 200 && body === known.body;
}

function partiesOf({ url, proxy }: Request): Parties {
  return { host: new URL(url).host, proxy: proxy?.host ?? null };
}

async function ask({ url, signal, requestTimeoutMs, send }: Request, etag: string | undefined): Promise<Answer> {
  if (signal.aborted) throw new Error('the request was called off');
  const stream = send(url, etag);
  let response: Response | undefined;
  stream.once('response', (received: Response) => {
    response = received;
  });
  const breakOff = (code: string) => stream.destroy(Object.assign(new Error('the request was broken off'), { code }));
  // A switch of protocols was not asked for, and the answer would never end.
  stream.once('request', (sent: ClientRequest) => {
    sent.once('upgrade', (_response, socket: Socket) => {
      socket.destroy();
      breakOff('EUPGRADE');
    });
  });
  // got's own time limit is not enough: while a proxy makes the tunnel it has no socket to end, and waits for ever. Nor is its
  // `signal`: its listeners stay on one that outlives the request.
  const timer = setTimeout(breakOff, Math.min(requestTimeoutMs, LONGEST_TIMER_MS), 'ETIMEDOUT');
  const stop = () => breakOff('ABORT_ERR');
  signal.addEventListener('abort', stop, { once: true });
  try {
    const body = await readText(stream).catch((error: unknown) => {
      // What an error's status says holds, however its body breaks.
      if (response === undefined || response.statusCode < 300) throw error;
      return '';
    });
    if (response === undefined) throw new Error('the stream ended before its response');
    return { status: response.statusCode, headers: response.headers, body };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** The body as text, or null when it is longer than is read; the rest is not waited for. By events, which cost less than an iterator. */
function readText(stream: GotStream): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    stream.on('error', reject);
    stream.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= LONGEST_ANSWER) return void chunks.push(chunk);
      resolve(null);
      stream.destroy();
    });
  });
}

function interpret<T>({ status, headers, body }: Answer, question: Question<T>, { clock, redact, token }: Request): Reading<T> {
  const isGood = status >= 200 && status < 300;
  if (isGood && body === null) return { ok: false, failure: tooLong(status, LONGEST_ANSWER) };
  const text = redact(body ?? '');
  if (!isGood) {
    const failure = statusFailure(status, question.missing, text, redactTarget(headers.location, token));
    const asked = failure.transient ? retryAfterMs(headers['retry-after'], headers.date, clock.wallTime()) : undefined;
    return { ok: false, failure: asked === undefined ? failure : { ...failure, retryAfterMs: asked } };
  }
  const json = parseJson(text);
  return json === null ? { ok: false, failure: notJson(status) } : question.read(json, status);
}

/** Where a redirect points to, as its origin. A URL's host is in lower case, whatever case the token that it may hold has. */
function redactTarget(location: string | undefined, token: string): string | undefined {
  return location === undefined ? undefined : redactor(token.toLowerCase())(originOf(location));
}
