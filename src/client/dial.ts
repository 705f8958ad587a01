import { type LookupAddress, lookup } from 'node:dns';
import { type ClientRequestArgs, Agent as HttpAgent } from 'node:http';
import type { AgentOptions } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Agents } from 'got';
import { OUT_OF_TIME } from './limit.ts';

/** How long an address has before the next one is tried beside it, in milliseconds (RFC 8305 section 5). */
const HEAD_START_MS = 250;

/** `socket` is there unless `error` is. */
type Done = (error: Error | null, socket: Socket) => void;

/** got's agents, whose connections are made by `dial`. TLS is loaded only for https. */
export async function dialingAgents(protocol: string, options: AgentOptions, limitMs: number): Promise<Agents> {
  const http = new HttpAgent(options);
  http.createConnection = (request, done) => void dial(request, limitMs, (error, socket) => done?.(error, socket));
  if (protocol === 'http:') return { http };
  const { Agent: HttpsAgent } = await import('node:https');
  const https = new HttpsAgent(options);
  const secure = https.createConnection.bind(https);
  https.createConnection = (request, done) =>
    void dial(request, limitMs, (error, socket) => {
      const wrapped: ClientRequestArgs & { socket: Socket } = { ...request, socket };
      done?.(error, error ? socket : (secure(wrapped) as Duplex));
    });
  return { https };
}

/**
 * Connects to a host: to the first of its addresses that answers. The next is tried as soon as the last has failed or taken a while,
 * and those before go on (RFC 8305). Node.js would give up each after a quarter of a second, and could then reach nobody. What has
 * no connection yet does not keep the process: `limitMs` is only how long it may use up sockets.
 */
function dial(options: ClientRequestArgs, limitMs: number, done: Done): void {
  // A URL writes an IPv6 address in brackets, which the name service does not know.
  const host = String(options.host ?? 'localhost').replace(/^\[(.*)\]$/, '$1');
  const open = ({ address, family }: LookupAddress) =>
    connect({ ...options, port: Number(options.port), host: address, family, autoSelectFamily: false });
  lookup(host, { all: true }, (error, addresses) => {
    if (error) done(error, undefined as never);
    else race(alternate(addresses), open, limitMs, done);
  });
}

/** The addresses in their order, but of both families in turn: often one of these cannot be reached at all. */
export function alternate(addresses: readonly LookupAddress[]): LookupAddress[] {
  const [first] = addresses;
  const preferred = addresses.filter(({ family }) => family === first?.family);
  const others = addresses.filter(({ family }) => family !== first?.family);
  return preferred
    .flatMap((address, index) => [address, ...others.slice(index, index + 1)])
    .concat(others.slice(preferred.length));
}

/** Gives `done` the socket that connects first, or the last error. */
export function race(
  addresses: readonly LookupAddress[],
  open: (address: LookupAddress) => Socket,
  limitMs: number,
  done: Done,
): void {
  const pending = new Set<Socket>();
  let next = 0;
  let headStart: NodeJS.Timeout | undefined;
  const end = (error: Error | null, socket?: Socket) => {
    clearTimeout(headStart);
    clearTimeout(limit);
    next = addresses.length;
    for (const loser of pending) loser.destroy();
    pending.clear();
    done(error, socket as Socket);
  };
  const limit = setTimeout(() => end(Object.assign(new Error('no address answered'), { code: OUT_OF_TIME })), limitMs).unref();
  const tryNext = () => {
    clearTimeout(headStart);
    const address = addresses[next];
    if (!address) return;
    next += 1;
    const socket = open(address).unref();
    pending.add(socket);
    socket.once('connect', () => {
      if (!pending.delete(socket)) return;
      socket.removeListener('error', fail).ref();
      end(null, socket);
    });
    const fail = (error: Error) => {
      if (!pending.delete(socket)) return;
      if (next < addresses.length) tryNext();
      else if (pending.size === 0) end(error);
    };
    socket.on('error', fail);
    headStart = setTimeout(tryNext, HEAD_START_MS).unref();
  };
  tryNext();
}
