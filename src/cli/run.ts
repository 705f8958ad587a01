import type { Context } from '../commands/context.ts';
import { version } from '../version.ts';
import { HELP_FLAGS, VERSION_FLAGS } from './flags.ts';

/**
 * Runs what the user asked for. Returns the exit code. The version and the help of the whole are told without reading a
 * command line, for which a library would have to be loaded; a test holds them to what that would have said.
 */
export async function run(context: Context): Promise<number> {
  const { host, stdout } = context;
  const [only = '', ...others] = host.argv;
  if (others.length === 0 && VERSION_FLAGS.includes(only)) {
    stdout.write(`${version}\n`);
    return 0;
  }
  if (others.length === 0 && HELP_FLAGS.includes(only) && host.stdout.isTTY !== true) {
    const { mainHelp } = await import('./main-help.ts');
    stdout.write(mainHelp);
    return 0;
  }
  const { runCommandLine } = await import('./command-line.ts');
  return runCommandLine(context);
}
