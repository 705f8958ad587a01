import type { Socket } from 'node:net';
import { errorCode } from '../core/error-code.ts';

/** One request's use of a socket. */
export interface Trip {
  readonly socket: Socket;
  /** Whether another request went over it before. */
  readonly wasKept: boolean;
  /** That came before this request. */
  readonly bytesBefore: number;
}

/** The sockets that requests went over. `ClientRequest.reusedSocket` knows nothing of one that was waited for in the queue. */
const travelled = new WeakSet<Socket>();

/** Notes that a request goes over a socket. */
export function startTrip(socket: Socket): Trip {
  const trip = { socket, wasKept: travelled.has(socket), bytesBefore: socket.bytesRead };
  travelled.add(socket);
  return trip;
}

// What a connection that the other side gave up comes to, by what was being done at the time.
const GIVEN_UP = ['ECONNRESET', 'ECONNABORTED', 'EPIPE'];

/** Whether a request's error says no more than that a kept connection was given up, before anything of an answer had come. */
export function isStale({ socket, wasKept, bytesBefore }: Trip, error: unknown): boolean {
  return wasKept && socket.bytesRead === bytesBefore && GIVEN_UP.includes(errorCode(error));
}
