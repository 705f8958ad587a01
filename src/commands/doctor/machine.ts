import type { Host } from '../../host.ts';
import type { Check } from '../../render/checks.ts';
import { version } from '../../version.ts';

/** The program and what it runs on. A Node.js that is too old never comes this far. */
export function checkMachine({ machine: { node, platform, arch } }: Host): Check {
  return { name: 'program', state: 'ok', what: `extruct-task ${version} on Node.js ${node}, ${platform} ${arch}` };
}
