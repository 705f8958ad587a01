import { version } from '../version.ts';
import type { Commands, Context, Ending } from './command.ts';
import { HELP_FLAGS, VERSION_FLAGS } from './flags.ts';

/**
 * Runs what the user asked for. `--version` and the main help do not need the parser, which takes time to load: `readyHelp` loads the
 * help that was made at build time, for output that does not go to a terminal with a width of its own.
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
