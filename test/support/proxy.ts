import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { listen } from './api.ts';

/** A forward proxy for CONNECT. Keeps what it was asked for, and the headers that came with it. */
export async function startProxy(host = '127.0.0.1') {
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(501).end();
  });
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
  return { url: await listen(server, host), asked, headers };
}
