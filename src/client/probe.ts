import { request } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../core/clock.ts';
import type { Failure } from '../core/failure.ts';
import { brokenRequest } from './failures.ts';
import { startLimit } from './limit.ts';
import { type Connection, makeAgents } from './send.ts';

/** A server's certificate, as far as it tells who is at the other end. */
interface Certificate {
  /** `TLSv1.3`. */
  readonly protocol: string;
  readonly issuer: string;
  /** A date, `2026-11-26`. */
  readonly validUntil: string;
}

/** How far one request came, step by step. Durations in milliseconds, each from the end of the step before. */
export interface Probe {
  /** The other end's address: the proxy's, where there is one. */
  readonly connected?: { readonly address: string; readonly tookMs: number };
  readonly secured?: Certificate & { readonly tookMs: number };
  /** `date` is the answer's own, and `wallTime` when it came, in milliseconds since 1970. */
  readonly answered?: {
    readonly status: number;
    readonly date: string | undefined;
    readonly wallTime: number;
    readonly tookMs: number;
  };
  /** Why it came no further. */
  readonly failure?: Failure;
}

/**
 * Sends one request as all requests are sent, over a connection of its own, but without the token. With `isTrusting`, it is broken off
 * once the certificate has come, whoever signed that.
 */
export async function probe(
  connection: Connection,
  path: string,
  clock: Clock,
  signal: AbortSignal,
  isTrusting = false,
): Promise<Probe> {
  const { apiUrl, proxy, requestTimeoutMs, userAgent } = connection;
  const agents = await makeAgents(connection, requestTimeoutMs, false, !isTrusting);
  // Behind a proxy there are both.
  const agent = apiUrl.protocol === 'https:' ? agents.https : agents.http;
  const limit = startLimit(requestTimeoutMs, signal);
  const seen: { -readonly [step in keyof Probe]: Probe[step] } = {};
  let lastAt = clock.now();
  const lap = () => {
    const tookMs = clock.now() - lastAt;
    lastAt += tookMs;
    return { tookMs };
  };
  const sent = request(apiUrl.href.replace(/\/+$/, '') + path, { agent, headers: { 'user-agent': userAgent } });
  try {
    await new Promise<void>((resolve, reject) => {
      sent.on('error', reject);
      limit.onOver((code) => reject(Object.assign(new Error('the request was broken off'), { code })));
      sent.once('socket', (socket) =>
        follow(socket, {
          onConnected: () => {
            seen.connected = { address: addressOf(socket), ...lap() };
          },
          onSecured: (tls) => {
            seen.secured = { ...certificateOf(tls), ...lap() };
            if (isTrusting) resolve();
          },
        }),
      );
      sent.once('response', ({ statusCode = 0, headers: { date } }) => {
        seen.answered = { status: statusCode, date, wallTime: clock.wallTime(), ...lap() };
        resolve();
      });
      sent.end();
    });
  } catch (error) {
    seen.failure = brokenRequest(
      { error, unsent: true, hadSocket: seen.connected !== undefined },
      { host: apiUrl.host, proxy: proxy?.host ?? null },
      requestTimeoutMs,
    );
  } finally {
    limit.release();
    sent.destroy();
  }
  return seen;
}

interface Steps {
  onConnected(): void;
  onSecured(socket: TLSSocket): void;
}

/** Behind a proxy a socket comes once the tunnel is made. */
function follow(socket: Socket, { onConnected, onSecured }: Steps): void {
  if (socket.connecting) socket.once('connect', onConnected);
  else onConnected();
  if (isTls(socket)) socket.once('secureConnect', () => onSecured(socket));
}

function isTls(socket: Socket): socket is TLSSocket {
  return 'encrypted' in socket;
}

function addressOf({ remoteAddress = 'unknown', remotePort = 0 }: Socket): string {
  return remoteAddress.includes(':') ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`;
}

function certificateOf(socket: TLSSocket): Certificate {
  const { issuer, valid_to: end } = socket.getPeerCertificate();
  const endsAt = new Date(end);
  const validUntil = Number.isNaN(endsAt.getTime()) ? 'an unknown time' : endsAt.toISOString().slice(0, 10);
  const name = issuer?.O ?? issuer?.CN ?? 'nobody that it names';
  return { protocol: socket.getProtocol() ?? 'TLS', issuer: Array.isArray(name) ? name.join(', ') : name, validUntil };
}
