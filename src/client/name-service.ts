import type { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { errorCode } from '../core/error-code.ts';

/**
 * Whether the name service answers within `ms` milliseconds when it is asked for a host, whatever the answer. For callers in a hurry:
 * the system's own lookup, which requests use, cannot be cancelled, and the process does not end before it.
 */
export async function answersNames(host: string, ms: number, resolver?: Resolver): Promise<boolean> {
  // An IPv6 address stands in brackets; localhost is in a file of this machine.
  if (isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0 || host === 'localhost') return true;
  const service = resolver ?? (await systemResolver());
  const timer = setTimeout(() => service.cancel(), ms);
  try {
    await service.resolve4(host);
    return true;
  } catch (error) {
    return !['ECANCELLED', 'ETIMEOUT'].includes(errorCode(error));
  } finally {
    clearTimeout(timer);
  }
}

async function systemResolver(): Promise<Resolver> {
  const { Resolver } = await import('node:dns/promises');
  return new Resolver();
}
