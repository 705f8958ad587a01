import { version } from '../version.ts';
import type { Commands, Context, Ending } from './command.ts';
import { HELP_FLAGS, VERSION_FLAGS } from './flags.ts';

/**
 * Runs what the user asked for. The version and the help of the whole are told without reading a command line, for which a library
 * would have to be loaded: `readyHelp` loads the help as it was made at build time, for where no terminal has a width to say.
 */
export async function run(context: Context, commands: Commands, readyHelp: () => Promise<string>): Promise<Ending> {
  const { host, stdout } = context;
  const [only = '', ...others] = host.argv;
  if (others.length === 0 && VERSION_FLAGS.includes(only)) {
    stdout.write(`${version}\n`);
    return 0;
  }
  if (others.length === 0 && HELP_FLAGS.includes(only) && host.stdout.isTTY !== true) {
    stdout.write(await readyHelp());
    return 0;
  }
  const { runCommandLine } = await import('./command-line.ts');
  return runCommandLine(context, commands);
}
