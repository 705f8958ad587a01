import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { errorCode } from '../../core/error-code.ts';
import { UNEXPECTED } from '../../core/exit-code.ts';
import type { Host } from '../../host.ts';
import { type Finding, failed } from './finding.ts';

/** The most addresses that are shown. */
const MOST_ADDRESSES = 4;

/** Whether the system knows the name of the first host on the way: of the proxy, else of the API. */
export async function checkName(hostname: string, { clock }: Host): Promise<Finding> {
  const name = 'name';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) !== 0) return { name, state: 'skipped', what: `${host} is an address` };
  const startedAt = clock.now();
  try {
    const addresses = (await lookup(host, { all: true })).map(({ address }) => address);
    const shown = addresses.slice(0, MOST_ADDRESSES).join(', ') + (addresses.length > MOST_ADDRESSES ? ', …' : '');
    return { name, state: 'ok', what: `${host} is ${shown}`, tookMs: clock.now() - startedAt };
  } catch (error) {
    const fix = 'check the address, and the name servers of this machine';
    return {
      ...failed(name, { what: `${host} has no address (${errorCode(error)})`, fix }, UNEXPECTED),
      tookMs: clock.now() - startedAt,
    };
  }
}
