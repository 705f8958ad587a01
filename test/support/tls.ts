import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join, resolve } from 'node:path';
import { listen, type Reply } from './api.ts';

// Keys for localhost that are made for these tests and secret to nobody. Nobody vouches for them but these files themselves.
const TLS = resolve(import.meta.dirname, 'tls');

export const CERTIFICATE = join(TLS, 'cert.pem');
/** For 127.0.0.1 and ::1 as well. */
export const ADDRESSES_CERTIFICATE = join(TLS, 'addresses-cert.pem');
export const EXPIRED_CERTIFICATE = join(TLS, 'expired-cert.pem');

/** Starts an API behind TLS that gives one answer; gives its port. */
export async function startTlsApi(reply: Reply, certificate = CERTIFICATE): Promise<string> {
  return new URL(await listen(createServer(keyAnd(certificate), reply))).port;
}

/** What a server behind TLS needs. */
export function keyAnd(certificate: string) {
  return { key: readFileSync(join(TLS, 'key.pem')), cert: readFileSync(certificate) };
}
