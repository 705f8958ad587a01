import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import got, { type Agents, type Response } from 'got';
import pLimit from 'p-limit';
import { LONGEST_TIMER_MS } from '../core/clock.ts';
import { dialingAgents } from './dial.ts';
import { isStale, startTrip, type Trip } from './kept-socket.ts';
import { type Limit, startLimit } from './limit.ts';
import { proxyAgents } from './proxy.ts';

/** The longest answer that is read, in bytes once decompressed (contract, "Where it runs"). got has no limit of its own. */
export const LONGEST_ANSWER = 10 * 1024 * 1024;

/** A longer body, in bytes, is none that the service gives. */
const LONG_BODY = 1024 * 1024;

/** Long bodies that are received at a time, of all clients of the process together: each has a good part of the line, and its time limit. */
const receiveLong = pLimit(4);

/** Requests under way at a time, and so connections, of all clients of the process together. */
const limited = pLimit(64);

/** Where requests go, and with what. */
export interface Connection {
  readonly apiUrl: URL;
  readonly token: string;
  /** From dial to last byte, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** A proxy's URL, which may hold its user and password; null for none. */
  readonly proxy: URL | null;
  readonly userAgent: string;
}

/** An answer, whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Response['headers'];
  /** Names and values in turn, each line as it came. */
  readonly rawHeaders: readonly string[];
  /** Null where it was longer than is read. */
  readonly body: string | null;
}

/** A request: GET, or with a body POST. */
interface Outgoing {
  readonly url: string;
  /** The mark of what is known already. */
  readonly etag?: string | undefined;
  /** JSON. */
  readonly body?: string | undefined;
}

/** A request that brought no answer. */
export interface Broken {
  /** got's. It may hold the token: not to be kept. */
  readonly error: unknown;
  /** Whether it is certain that nothing of the request was sent: there never was a connection. */
  readonly unsent: boolean;
  /** Whether there was a socket for it, which behind a proxy is one through its tunnel. */
  readonly hadSocket: boolean;
}

/** Sends one request. Never rejects. */
export type Send = (request: Outgoing, signal: AbortSignal) => Promise<Answer | Broken>;

type GotStream = ReturnType<typeof got.stream>;

/** Makes the function that sends requests, over connections that are kept. It follows no redirect: the token goes to one origin. */
export async function createSend(connection: Connection): Promise<Send> {
  const { token, userAgent } = connection;
  const limitMs = Math.min(connection.requestTimeoutMs, LONGEST_TIMER_MS);
  // One instance for all requests: to read the options anew for each would take a third of its time.
  const instance = got.extend({
    headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': userAgent },
    agent: await agentsFor(connection, limitMs),
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
  });
  const send: Send = async ({ url, etag, body }, signal) => {
    const posting = body === undefined ? null : await postOptions(body, connection, limitMs);
    // Checked after everything that is awaited: from here on the limit listens to the signal.
    if (signal.aborted) return { error: new Error('the request was called off'), unsent: true, hadSocket: false };
    const limit = startLimit(limitMs, signal);
    try {
      if (posting !== null) {
        const stream = instance(url, posting);
        stream.end(body);
        return await receive(stream, limit);
      }
      const headers = etag === undefined ? {} : { 'if-none-match': etag };
      const answer = await receive(instance(url, { headers, isStream: true }), limit);
      if (!('error' in answer) || !answer.isStale) return answer;
      const agent = await makeAgents(connection, limitMs, false);
      const again = await receive(instance(url, { headers, agent, isStream: true }), limit);
      return 'error' in again ? { ...again, unsent: false } : again;
    } finally {
      limit.release();
    }
  };
  return (request, signal) => limited(send, request, signal);
}

/**
 * By a connection of its own: the server may just be closing one that was kept, and nobody could tell whether it still read this.
 * A GET that meets with that goes out once more (RFC 9110 section 9.2.2, RFC 9112 section 9.3.1).
 */
async function postOptions(body: string, connection: Connection, limitMs: number) {
  const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  return { method: 'POST', headers, agent: await makeAgents(connection, limitMs, false), isStream: true } as const;
}

/** All clients of a process share their connections: the library makes a client for each call. */
const agents = new Map<string, Promise<Agents>>();

function agentsFor(connection: Connection, limitMs: number): Promise<Agents> {
  const { apiUrl, proxy } = connection;
  const key = `${proxy?.href ?? apiUrl.protocol} ${limitMs}`;
  const known = agents.get(key) ?? makeAgents(connection, limitMs, true);
  agents.set(key, known);
  return known;
}

/** What makes connections. Without `isChecked` any certificate will do: not for anything secret. */
export async function makeAgents(
  { apiUrl, proxy }: Connection,
  limitMs: number,
  keepAlive: boolean,
  isChecked = true,
): Promise<Agents> {
  const options = { keepAlive, ...(isChecked ? {} : { rejectUnauthorized: false }) };
  return proxy === null ? dialingAgents(apiUrl.protocol, options, limitMs) : proxyAgents(proxy, { ...options, timeout: limitMs });
}

/** A try that brought no answer. */
interface Failed extends Broken {
  /** Whether all there was to it was a kept connection that broke: nothing of an answer had come. */
  readonly isStale: boolean;
}

async function receive(stream: GotStream, limit: Limit): Promise<Answer | Failed> {
  let response: Response | undefined;
  let trip: Trip | undefined;
  let unsent = true;
  stream.once('response', (received: Response) => {
    response = received;
  });
  const breakOff = (code: string) => stream.destroy(Object.assign(new Error('the request was broken off'), { code }));
  // A switch of protocols was not asked for, and the answer would never end.
  stream.once('request', (sent: ClientRequest) => {
    sent.once('socket', (socket: Socket) => {
      trip = startTrip(socket);
      onceConnected(socket, () => {
        unsent = false;
      });
    });
    sent.once('upgrade', (_response, socket: Socket) => {
      socket.destroy();
      breakOff('EUPGRADE');
    });
  });
  limit.onOver(breakOff);
  try {
    const body = await readText(stream, limit).catch((error: unknown) => {
      // What an error's status says holds, however its body breaks.
      if (response === undefined || response.statusCode < 300) throw error;
      return '';
    });
    if (response === undefined) throw new Error('the stream ended before its response');
    return { status: response.statusCode, headers: response.headers, rawHeaders: response.rawHeaders, body };
  } catch (error) {
    return {
      error,
      unsent,
      hadSocket: trip !== undefined,
      isStale: trip !== undefined && isStale(trip, error) && !limit.isOver(),
    };
  }
}

/** Calls `listener` once what is written to the socket can leave: with TLS, after the handshake. */
function onceConnected(socket: Socket, listener: () => void): void {
  if ('secureConnecting' in socket && socket.secureConnecting === true) socket.once('secureConnect', listener);
  else if (socket.connecting) socket.once('connect', listener);
  else listener();
}

/** The body as text, or null when it is longer than is read; the rest is not waited for. By events, which cost less than an iterator. */
function readText(stream: GotStream, limit: Limit): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    stream.on('error', reject);
    stream.on('close', () => reject(Object.assign(new Error('the stream was closed before its end'), { code: 'ECONNRESET' })));
    stream.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    stream.on('data', (chunk: Buffer) => {
      if (bytes <= LONG_BODY && bytes + chunk.length > LONG_BODY) waitForTurn(stream, limit);
      bytes += chunk.length;
      if (bytes <= LONGEST_ANSWER) return void chunks.push(chunk);
      resolve(null);
      stream.destroy();
    });
  });
}

/** Lets a long body wait until few others are received; its time limit does not run meanwhile. */
function waitForTurn(stream: GotStream, limit: Limit): void {
  stream.pause();
  limit.pause();
  void receiveLong(async () => {
    if (stream.destroyed) return;
    limit.resume();
    const over = new Promise((done) => stream.once('end', done).once('close', done));
    stream.resume();
    await over;
  });
}
