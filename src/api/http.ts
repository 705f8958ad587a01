import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import type { Socket } from 'node:net';
import got, { type Agents, type Response } from 'got';
import { type Clock, LONGEST_TIMER_MS } from '../core/clock.ts';
import type { Failure } from '../core/failure.ts';
import { brokenRequest, notJson, statusFailure, tooLong } from './failures.ts';
import { type ParsedJson, parseJson } from './mend-json.ts';
import { proxyAgents } from './proxy.ts';
import { redactor } from './redact.ts';
import { retryAfterMs } from './retry-after.ts';

/** The longest answer that is read, in bytes once decompressed (contract, "Where it runs"). got has no limit of its own. */
const LONGEST_ANSWER = 10 * 1024 * 1024;

const SOCKETS = 16;

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
}

/** Asks once. Never rejects; tells when the request left, on the clock's time. */
type Ask = <T>(question: Question<T>, signal: AbortSignal) => Promise<Reading<T> & { readonly startedAt: number }>;

/**
 * Makes the function that sends requests. It reports every failure as a value, retries nothing (the poll loop does, with a
 * budget) and follows no redirect, so that the token goes to one origin.
 */
export async function createHttp(options: HttpOptions): Promise<Ask> {
  const agents = await agentsFor(options);
  const attempts = new Map<string, number>();
  const redact = redactor(options.token);
  const base = options.apiUrl.href.replace(/\/+$/, '');
  return async (question, signal) => {
    const url = base + question.path;
    const startedAt = options.clock.now();
    const attempt = (attempts.get(url) ?? 0) + 1;
    const { reading, status } = await exchange(question, { url, signal, agents, redact, ...options });
    attempts.set(url, reading.ok ? 0 : attempt);
    options.onExchange({
      method: 'GET',
      url,
      ...(status === undefined ? {} : { status }),
      ...(reading.ok ? {} : { failure: reading.failure }),
      tookMs: options.clock.now() - startedAt,
      attempt,
    });
    return { ...reading, startedAt };
  };
}

/** All that one request needs. */
interface Request extends HttpOptions {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly agents: Agents;
  readonly redact: (text: string) => string;
}

/** TLS is loaded only for https. */
async function agentsFor({ apiUrl, proxy }: HttpOptions): Promise<Agents> {
  if (proxy !== null) return proxyAgents(proxy, SOCKETS);
  const options = { keepAlive: true, maxSockets: SOCKETS };
  if (apiUrl.protocol === 'http:') return { http: new HttpAgent(options) };
  const { Agent: HttpsAgent } = await import('node:https');
  return { https: new HttpsAgent(options) };
}

async function exchange<T>(question: Question<T>, request: Request): Promise<{ reading: Reading<T>; status?: number }> {
  try {
    const answer = await send(request);
    return { reading: interpret(answer, question, request), status: answer.status };
  } catch (error) {
    const failure = brokenRequest(error, hostOf(request), request.requestTimeoutMs);
    return { reading: { ok: false, failure } };
  }
}

/** Whom to name when a request breaks: with a proxy in between it cannot be told which of the two it was. */
function hostOf({ url, proxy }: Request): string {
  const { host } = new URL(url);
  return proxy ? `${host}, asked through the proxy ${proxy.host},` : host;
}

async function send({ url, signal, agents, token, userAgent, requestTimeoutMs }: Request): Promise<Answer> {
  // A signal of its own for each request: got leaves its listeners on one that outlives the request.
  const own = new AbortController();
  const abort = () => own.abort();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    const stream = got.stream(url, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': userAgent },
      agent: agents,
      timeout: { request: Math.min(requestTimeoutMs, LONGEST_TIMER_MS) },
      retry: { limit: 0 },
      followRedirect: false,
      throwHttpErrors: false,
      signal: own.signal,
    });
    let response: Response | undefined;
    stream.once('response', (received: Response) => {
      response = received;
    });
    // A switch of protocols was not asked for, and ends got's own watch over the socket.
    stream.once('request', (sent: ClientRequest) => {
      sent.once('upgrade', (_response, socket: Socket) => {
        socket.destroy();
        stream.destroy(Object.assign(new Error('the server switched protocols'), { code: 'EUPGRADE' }));
      });
    });
    const body = await readText(stream);
    if (response === undefined) throw new Error('the stream ended before its response');
    return { status: response.statusCode, headers: response.headers, body };
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** The body as text, or null when it is longer than is read; the rest is not waited for. */
async function readText(stream: AsyncIterable<Buffer>): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > LONGEST_ANSWER) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function interpret<T>({ status, headers, body }: Answer, question: Question<T>, { clock, redact }: Request): Reading<T> {
  if (body === null) return { ok: false, failure: tooLong(status, LONGEST_ANSWER) };
  const text = redact(body);
  if (status < 200 || status > 299) {
    const failure = statusFailure(status, question.missing, text, headers.location && redact(headers.location));
    const asked = failure.transient ? retryAfterMs(headers['retry-after'], headers.date, clock.wallTime()) : undefined;
    return { ok: false, failure: asked === undefined ? failure : { ...failure, retryAfterMs: asked } };
  }
  const json = parseJson(text);
  return json === null ? { ok: false, failure: notJson(status) } : question.read(json, status);
}
