import { accessSync, constants } from 'node:fs';
import { proxyFor } from '../../client/proxy.ts';
import { errorCode } from '../../core/error-code.ts';
import type { Host } from '../../host.ts';
import type { Check } from '../../render/checks.ts';
import type { Settings } from '../session/settings.ts';

/** The settings that lead to the API, and where each comes from. */
export function checkSettings({ apiUrl, proxy }: Settings, flag: string | null, { env }: Host): Check[] {
  const source = flag !== null ? 'from --api-url' : env.EXTRUCT_API_URL ? 'from EXTRUCT_API_URL' : 'the default';
  const variable = proxyFor(apiUrl, env)?.variable;
  return [
    { name: 'api url', state: 'ok', what: `${apiUrl.href.replace(/\/+$/, '')} (${source})` },
    proxy
      ? { name: 'proxy', state: 'ok', what: `${proxy.host} (from ${variable})` }
      : { name: 'proxy', state: 'skipped', what: `None applies to ${apiUrl.hostname}` },
    ...checkAuthorities(env.NODE_EXTRA_CA_CERTS),
  ];
}

/** Node.js goes on without a file that it cannot read. */
function checkAuthorities(path: string | undefined): Check[] {
  if (!path) return [];
  const name = 'certificates';
  try {
    accessSync(path, constants.R_OK);
    return [{ name, state: 'ok', what: `Those in ${path} are trusted too (from NODE_EXTRA_CA_CERTS)` }];
  } catch (error) {
    return [
      {
        name,
        state: 'warning',
        what: `NODE_EXTRA_CA_CERTS '${path}' cannot be read (${errorCode(error)})`,
        fix: 'check the path',
      },
    ];
  }
}
