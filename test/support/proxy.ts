import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { listen } from './api.ts';
import { keyAnd } from './tls.ts';

/** A forward proxy for CONNECT, with a certificate behind TLS. Keeps what it was asked for, and the headers that came with it. */
export async function startProxy(host = '127.0.0.1', certificate?: string) {
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const names: unknown[] = [];
  const refuse = (request: IncomingMessage, response: ServerResponse) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(501).end();
  };
  const server = certificate === undefined ? createServer(refuse) : createTlsServer(keyAnd(certificate), refuse);
  server.on('secureConnection', ({ servername }: TLSSocket) => names.push(servername));
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    headers.push(request.headers);
    const [, port] = request.url?.split(':') ?? [];
    const upstream = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  const url = await listen(server, host);
  return { url: certificate === undefined ? url : url.replace('http', 'https'), asked, headers, names };
}
