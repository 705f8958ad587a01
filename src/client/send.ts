import { Agent } from 'node:http';
import { LONGEST_TIMER_MS } from '../core/clock.ts';
import { type Answer, type Broken, exchange } from './exchange.ts';
import { startLimit } from './limit.ts';
import { proxyAgent } from './proxy.ts';

/** Connections, and so requests under way, at a time. */
export const MOST_REQUESTS = 64;

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

/** A request: GET, or with a body POST. */
interface Outgoing {
  readonly url: string;
  /** The mark of what is known already. */
  readonly etag?: string | undefined;
  /** JSON. */
  readonly body?: string | undefined;
}

/** Sends one request. Never rejects. */
export type Send = (request: Outgoing, signal: AbortSignal) => Promise<Answer | Broken>;

/** Makes the function that sends requests, over connections that are kept. It follows no redirect: the token goes to one origin. */
export async function createSend(connection: Connection): Promise<Send> {
  const { token, userAgent } = connection;
  const limitMs = Math.min(connection.requestTimeoutMs, LONGEST_TIMER_MS);
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': userAgent };
  const kept = await keptAgent(connection, limitMs);
  const own = () => makeAgent(connection, limitMs, false);
  return async ({ url, etag, body }, signal) => {
    // By a connection of its own: the server may just be closing one that was kept, and nobody could tell whether it still read this.
    const agent = body === undefined ? kept : await own();
    // Checked after everything that is awaited: from here on the limit listens to the signal.
    if (signal.aborted) return { error: new Error('the request was called off'), unsent: true };
    const limit = startLimit(limitMs, signal);
    try {
      const more = etag === undefined ? {} : { 'if-none-match': etag };
      const answer = await exchange({ url, agent, headers: { ...headers, ...more }, body }, limit);
      if (!('error' in answer) || !answer.isStale) return answer;
      // A GET goes out once more (RFC 9110 section 9.2.2, RFC 9112 section 9.3.1).
      const again = await exchange({ url, agent: await own(), headers: { ...headers, ...more } }, limit);
      return 'error' in again ? { ...again, unsent: false } : again;
    } finally {
      limit.release();
    }
  };
}

/** All clients of a process share their connections: the library makes a client for each call. */
const agents = new Map<string, Promise<Agent>>();

function keptAgent(connection: Connection, limitMs: number): Promise<Agent> {
  const { apiUrl, proxy } = connection;
  const key = [apiUrl.protocol, ...(proxy === null ? [] : [proxy.href, limitMs])].join(' ');
  const known = agents.get(key) ?? makeAgent(connection, limitMs, true);
  agents.set(key, known);
  return known;
}

/** TLS is loaded only for https. */
async function makeAgent({ apiUrl, proxy }: Connection, limitMs: number, keepAlive: boolean): Promise<Agent> {
  // As it is without NODE_TLS_REJECT_UNAUTHORIZED, which sits in many an environment for something else.
  const options = { keepAlive, maxSockets: MOST_REQUESTS, rejectUnauthorized: true };
  if (proxy !== null) return proxyAgent(apiUrl, proxy, { ...options, timeout: limitMs });
  if (apiUrl.protocol === 'http:') return new Agent(options);
  const { Agent: HttpsAgent } = await import('node:https');
  return new HttpsAgent(options);
}
