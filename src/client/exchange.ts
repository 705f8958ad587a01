import { type Agent, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isStale, startTrip, type Trip } from './kept-socket.ts';
import type { Limit } from './limit.ts';

/** The longest answer that is read, in bytes once decompressed (contract, "Where it runs"). */
export const LONGEST_ANSWER = 10 * 1024 * 1024;

/** What is sent, and over whose connections: with a body, which is JSON, it is a POST, else a GET. */
interface Sending {
  readonly url: string;
  readonly agent: Agent;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string | undefined;
}

/** An answer, whole. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, each line as it came. */
  readonly rawHeaders: readonly string[];
  /** Null where it was longer than is read. */
  readonly body: string | null;
}

/** A request that brought no answer. */
export interface Broken {
  /** Node's. It may hold the token: not to be kept. */
  readonly error: unknown;
  /** Whether it is certain that nothing of the request was sent: there never was a connection. */
  readonly unsent: boolean;
}

/** A try that brought no answer. */
interface Failed extends Broken {
  /** Whether all there was to it was a kept connection that broke: nothing of an answer had come. */
  readonly isStale: boolean;
}

/** What every Node.js that is supported can decompress. */
const ENCODINGS = 'gzip, deflate, br';

/** Sends one request, and waits for the last byte of its answer. Follows no redirect. Never rejects. */
export function exchange({ url, agent, headers, body }: Sending, limit: Limit): Promise<Answer | Failed> {
  const method = body === undefined ? 'GET' : 'POST';
  const ofBody = body === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve) => {
    let unsent = true;
    let trip: Trip | undefined;
    let response: IncomingMessage | undefined;
    const sent = request(url, { method, agent, headers: { ...headers, 'accept-encoding': ENCODINGS, ...ofBody } });
    // Only the first call counts. What an error's status says holds, however its body breaks.
    const fail = (error: unknown) => {
      if (response !== undefined && statusOf(response) >= 300) resolve(answerOf(response, ''));
      else resolve({ error, unsent, isStale: trip !== undefined && isStale(trip, error) && !limit.isOver() });
      sent.destroy();
    };
    const breakOff = (code: string) => fail(Object.assign(new Error('the request was broken off'), { code }));
    sent.on('error', fail);
    sent.once('socket', (socket) => {
      trip = startTrip(socket);
      onceConnected(socket, () => {
        unsent = false;
      });
    });
    // A switch of protocols was not asked for, and the answer would never end.
    sent.once('upgrade', (_response, socket) => {
      socket.destroy();
      breakOff('EUPGRADE');
    });
    sent.once('response', (received) => {
      response = received;
      readText(received).then((text) => resolve(answerOf(received, text)), fail);
    });
    limit.onOver(breakOff);
    sent.end(body);
  });
}

function answerOf(response: IncomingMessage, body: string | null): Answer {
  return { status: statusOf(response), headers: response.headers, rawHeaders: response.rawHeaders, body };
}

/** Node.js does not know it of requests that it receives, which have the same type. */
function statusOf({ statusCode = 0 }: IncomingMessage): number {
  return statusCode;
}

/** Calls `listener` once what is written to the socket can leave: with TLS, after the handshake. */
function onceConnected(socket: Socket, listener: () => void): void {
  if (socket.connecting) socket.once('encrypted' in socket ? 'secureConnect' : 'connect', listener);
  else listener();
}

/** The body as text, or null when it is longer than is read; the rest is not waited for. By events, which cost less than an iterator. */
function readText(response: IncomingMessage): Promise<string | null> {
  return new Promise((resolve, reject) => {
    response.on('error', reject);
    const read = (stream: Readable) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      stream.on('error', reject);
      stream.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= LONGEST_ANSWER) return void chunks.push(chunk);
        resolve(null);
        response.destroy();
      });
    };
    unpacked(response).then(read, reject);
  });
}

/** The decompressor is loaded for the first compressed answer. */
async function unpacked(response: IncomingMessage): Promise<Readable> {
  if (response.headers['content-encoding'] === undefined) return response;
  const { default: decompressResponse } = await import('decompress-response');
  return decompressResponse(response);
}
