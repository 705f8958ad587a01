import type { Context } from '../../cli/command.ts';
import { type Client, createClient } from '../../client/client.ts';
import type { Exchange } from '../../client/http.ts';
import { writeNote } from '../../render/messages.ts';
import { userAgent } from '../../version.ts';
import type { Access } from './settings.ts';

/** The API's client for a command: it tells each request on stderr where that is wanted. */
export function connect({ settings, token }: Access, { host, stderr }: Context): Promise<Client> {
  return createClient({
    apiUrl: settings.apiUrl,
    token,
    requestTimeoutMs: settings.requestTimeoutMs,
    proxy: settings.proxy,
    userAgent,
    clock: host.clock,
    onExchange: (exchange) => {
      if (settings.verbose) writeNote(stderr, exchangeWords(exchange));
    },
  });
}

function exchangeWords({ method, url, status, failure, tookMs, attempt }: Exchange): string {
  const result = status ?? failure?.cause ?? 'no answer';
  return `> ${method} ${url} ${result} ${Math.round(tookMs)}ms attempt=${attempt}`;
}
