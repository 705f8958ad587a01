import type { Attempt, Reading } from '../core/attempt.ts';
import type { Clock } from '../core/clock.ts';
import type { Failure } from '../core/failure.ts';
import { hasMoreMarks } from '../core/json-text.ts';
import { type Redact, redactor, wordsRedactor } from '../core/redact.ts';
import { isLoopback } from './api-url.ts';
import { brokenRequest, notJson, type Parties, tooCostly, tooLong } from './failures.ts';
import { type ParsedJson, parseJson } from './mend-json.ts';
import { originOf, type Refusals, statusFailure } from './refusals.ts';
import { headerLines, retryAfterMs } from './retry-after.ts';
import { type Answer, type Connection, createSend, LONGEST_ANSWER, type Send } from './send.ts';
import { shorten, wordsOf } from './server-words.ts';

/** The most values, near enough, in an answer that is read; five times of what 50 companies with 20 criteria and 10 sources each have. */
const MOST_MARKS = 200_000;

/** How to reach the API. */
export interface HttpOptions extends Connection {
  readonly clock: Clock;
  /** Called for each request when it is over, without anything secret. */
  readonly onExchange: (exchange: Exchange) => void;
}

/** One request as `--verbose` tells it. */
export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Absent where no answer came. */
  readonly status?: number;
  readonly failure?: Failure;
  readonly tookMs: number;
  /** 1, or more when the requests for this task before it failed. */
  readonly attempt: number;
}

/** What to ask for, and how to read the answer's JSON. */
interface Question<T> {
  /** Behind the API's address, with its leading slash. */
  readonly path: string;
  /** What is sent along, as JSON: the request is a POST then, else a GET. */
  readonly body?: string;
  readonly refusals: Refusals;
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

/** Asks once. Never rejects. Also returns the answer to compare the next one with. */
type Ask = <T>(question: Question<T>, signal: AbortSignal) => Promise<Attempt<T> & { readonly known?: Known<T> | undefined }>;

/**
 * Makes the function that asks. It reports every failure as a value, and retries nothing: the poll loop does, with a budget.
 */
export async function createHttp(options: HttpOptions): Promise<Ask> {
  const redactWords = wordsRedactor(options.token);
  const means = { ...options, send: await createSend(options), redact: redactor(options.token), redactWords };
  const attempts = new Map<string, number>();
  const base = options.apiUrl.href.replace(/\/+$/, '');
  return async (question, signal) => {
    const url = base + question.path;
    const startedAt = options.clock.now();
    const attempt = (attempts.get(url) ?? 0) + 1;
    const { reading: read, status, known } = await exchange(question, { url, signal, ...means });
    const reading = read.ok ? read : { ok: false as const, failure: redacted(read.failure, redactWords) };
    if (reading.ok) attempts.delete(url);
    else attempts.set(url, attempt);
    options.onExchange({
      method: question.body === undefined ? 'GET' : 'POST',
      url: redactWords(url),
      ...(status === undefined ? {} : { status }),
      ...(reading.ok ? {} : { failure: reading.failure }),
      tookMs: options.clock.now() - startedAt,
      attempt,
    });
    return { startedAt, known, ...reading };
  };
}

/** All that one request needs. */
interface Request extends HttpOptions {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly send: Send;
  /** For JSON that came in. */
  readonly redact: Redact;
  /** For words that quote the server. */
  readonly redactWords: Redact;
}

interface Exchanged<T> {
  readonly reading: Reading<T>;
  readonly status?: number;
  readonly known?: Known<T> | undefined;
}

async function exchange<T>(question: Question<T>, request: Request): Promise<Exchanged<T>> {
  const { url, signal, send, requestTimeoutMs } = request;
  const answer = await send({ url, etag: question.known?.etag, body: question.body }, signal);
  if ('error' in answer) {
    return { reading: { ok: false, failure: brokenRequest(answer, partiesOf(request), requestTimeoutMs) } };
  }
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

function interpret<T>(answer: Answer, question: Question<T>, request: Request): Reading<T> {
  const { status, body } = answer;
  if (status < 200 || status >= 300) return { ok: false, failure: refusalOf(answer, question.refusals, request) };
  if (body === null) return { ok: false, failure: tooLong(status, LONGEST_ANSWER) };
  if (hasMoreMarks(body, MOST_MARKS)) return { ok: false, failure: tooCostly(status) };
  const json = parseJson(request.redact(body));
  return json === null ? { ok: false, failure: notJson(status) } : question.read(json, status);
}

function refusalOf({ status, headers, rawHeaders, body }: Answer, refusals: Refusals, request: Request): Failure {
  const { clock, redact, redactWords, apiUrl } = request;
  const said = { lines: headerLines(rawHeaders, 'retry-after'), date: headers.date };
  return statusFailure(
    {
      status,
      pieces: wordsOf(body ?? '', status, redact),
      target: headers.location === undefined ? undefined : shorten(redactWords(originOf(headers.location))),
      retryAfterMs: retryAfterMs(said, clock.wallTime()),
      isLocal: isLoopback(apiUrl.hostname),
    },
    refusals,
  );
}

/** The last thing that is done to a failure: its words were joined of pieces, each of which may be only a part of the token. */
function redacted(failure: Failure, redact: Redact): Failure {
  const { what, cause } = failure;
  return { ...failure, what: redact(what), ...(cause !== undefined && { cause: redact(cause) }) };
}
