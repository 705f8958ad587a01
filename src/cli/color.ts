import type { Host, OutputStream } from '../host.ts';

/**
 * Whether words are coloured on a stream, decided for each on its own because chalk looks at stdout alone and knows no
 * NO_COLOR. The flag beats the environment, where FORCE_COLOR beats NO_COLOR as in Node itself.
 */
export function isColored(stream: OutputStream, flag: unknown, env: Host['env']): boolean {
  if (typeof flag === 'boolean') return flag;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return !env.NO_COLOR && stream.isTTY === true && env.TERM !== 'dumb';
}
