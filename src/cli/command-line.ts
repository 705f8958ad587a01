import { CommanderError } from 'commander';
import type { Context } from '../commands/context.ts';
import { USAGE } from '../core/exit-code.ts';
import { createProgram } from './program.ts';
import { refuse } from './refuse.ts';
import { VALUES } from './values.ts';

const READ_HELP = 'run `extruct-task --help`';

/** Reads the command line and runs the command that it names, or prints help. Returns the exit code. */
export async function runCommandLine(context: Context): Promise<number> {
  const { host, stdout, stderr } = context;
  let code = 0;
  // Help and the version come from commander alone: what a command needs is loaded once one is asked for.
  const actions = () => import('./actions.ts');
  const program = createProgram(
    host.argv,
    {
      get: async (tasks, flags) => {
        code = await (await actions()).runGet(tasks, flags, context);
      },
      watch: async (tasks, flags) => {
        code = await (await actions()).runWatch(tasks, flags, context);
      },
      results: async (tasks, flags) => {
        code = await (await actions()).runResults(tasks, flags, context);
      },
      list: async (flags) => {
        code = await (await actions()).runList(flags, context);
      },
      create: async (query, flags) => {
        code = await (await actions()).runCreate(query, flags, context);
      },
      resume: async (task, flags) => {
        code = await (await actions()).runResume(task, flags, context);
      },
      demo: async (scenario, flags) => {
        code = await (await actions()).runDemo(scenario, flags, context);
      },
      sandbox: async (flags) => {
        code = await (await actions()).runSandbox(flags, context);
      },
      completion: async (shell, flags) => {
        code = (await import('./completion.ts')).runCompletion(shell, flags, context);
      },
      complete: async (shell, words, program) => (await import('./completion.ts')).runComplete(shell, words, program, context),
    },
    { writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) },
  );
  try {
    await program.parseAsync(host.argv, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    // Without a command commander prints the help, and for `help` of one that there is not it says no more.
    if (error.code === 'commander.help') {
      return host.argv.length === 0
        ? USAGE
        : refuse([{ what: `'${host.argv.join(' ')}' asks for help on no command`, fix: READ_HELP }], {}, context);
    }
    return refuse(
      [{ what: commanderMessage(error), fix: fixOf(error) }],
      host.argv.includes('--no-color') ? { color: false } : {},
      context,
    );
  }
}

/** Where an argument is missing that can be few things, they are named; a query of several words wants quotes. */
function fixOf({ code, message }: CommanderError): string {
  if (code === 'commander.excessArguments' && message.includes("'create'")) return 'set the query in quotes';
  const [, missing = ''] = (code === 'commander.missingArgument' && /'(.+)'$/.exec(message)) || [];
  const values = VALUES[missing];
  return values ? `set one of ${values.join(', ')}` : READ_HELP;
}

/** commander's words without its own "error:", on one line. */
function commanderMessage(error: CommanderError): string {
  return (
    error.message
      .replace(/^error: /, '')
      // What stands behind it may be a secret: `--token=…`.
      .replace(/^(unknown option '[^=]*)=.*'/, "$1'")
      .replace(/\.?\n/g, ' ')
      .replace(/\.$/, '')
  );
}
