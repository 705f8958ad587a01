import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answers.ts';
import type { Recording } from './recording.ts';
import { answer } from './routes.ts';
import type { Pace } from './running-task.ts';
import { createTasks, type Tasks } from './tasks.ts';

/** The token that the simulated API takes. No secret: it opens nothing. */
export const SANDBOX_TOKEN = 'sandbox';

interface SandboxOptions extends Pace {
  /** 0 for any free port. */
  readonly port: number;
  /** Tasks to play back. */
  readonly recordings?: readonly Recording[];
  /** Told of each request and what became of it. */
  readonly onRequest?: (line: string) => void;
}

interface Sandbox {
  readonly url: URL;
  close(): Promise<void>;
}

/** Serves the simulated API on loopback. Where the port cannot be had, gives the system's word for why, such as EADDRINUSE. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox | { readonly refused: string }> {
  const tasks = createTasks(options, options.recordings);
  const server = createServer(async (request, response) => {
    const outcome = await serve(request, response, tasks);
    options.onRequest?.(`${request.method} ${request.url} ${outcome}`);
  });
  const refused = await new Promise<string | null>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(options.port, '127.0.0.1', () => resolve(null));
  });
  if (refused !== null) return { refused };
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers one request; returns what it answered, for the log. */
async function serve(request: IncomingMessage, response: ServerResponse, tasks: Tasks): Promise<string> {
  const body = await readBody(request);
  if (body === undefined) return 'broken off';
  const { method = '', url: target = '', headers } = request;
  const isAuthorized = headers.authorization === `Bearer ${SANDBOX_TOKEN}`;
  return send(answer({ method, target, isAuthorized, body }, tasks), request, response);
}

/** The longest body that is read, in bytes. */
const MOST_BYTES = 1024 * 1024;

/**
 * The body; null where it is too long, undefined where the client breaks off. One that is too long is read to its end all the
 * same, without keeping it: many a client hears no answer before it has sent all.
 */
async function readBody(request: IncomingMessage): Promise<string | null | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      const bytes: Buffer = chunk;
      size += bytes.length;
      if (size <= MOST_BYTES) chunks.push(bytes);
    }
  } catch {
    return undefined;
  }
  return size > MOST_BYTES ? null : Buffer.concat(chunks).toString();
}

function send(reply: Answer, request: IncomingMessage, response: ServerResponse): string {
  if (reply === 'reset') {
    request.socket.resetAndDestroy();
    return 'reset';
  }
  response.writeHead(reply.status, reply.headers).end(reply.text);
  return String(reply.status);
}
