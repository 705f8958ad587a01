import type { Host, OutputStream } from '../host.ts';

/**
 * Whether words are coloured on a stream, decided for each on its own because chalk looks at stdout alone and knows no
 * NO_COLOR. The flags beat the environment, whether or not the rest of the line can be read; FORCE_COLOR beats NO_COLOR, as in Node
 * itself.
 */
export function isColored(stream: OutputStream, { argv, env }: Pick<Host, 'argv' | 'env'>): boolean {
  const flag = argv.findLast((word) => word === '--color' || word === '--no-color');
  if (flag !== undefined) return flag === '--color';
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return !env.NO_COLOR && stream.isTTY === true && env.TERM !== 'dumb';
}
