import type { Client } from '../client/client.ts';
import { systemClock } from '../system-clock.ts';
import { version } from '../version.ts';
import type { Call } from './check.ts';

/** The API's client for a call. It is most of the library, so it is loaded with the first call, not by who imports us. */
export async function connect({ token, apiUrl, proxy, requestTimeoutMs }: Call): Promise<Client> {
  const { createClient } = await import('../client/client.ts');
  const userAgent = `extruct-task/${version}`;
  return createClient({ token, apiUrl, proxy, requestTimeoutMs, userAgent, clock: systemClock, onExchange: () => {} });
}
