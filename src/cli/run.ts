import { CommanderError } from 'commander';
import type { Context, Settings } from '../commands/context.ts';
import { demo } from '../commands/demo.ts';
import { get } from '../commands/get.ts';
import { sandbox } from '../commands/sandbox.ts';
import { watch } from '../commands/watch.ts';
import { NO_TOKEN, USAGE } from '../core/exit-code.ts';
import type { Reason } from '../core/failure.ts';
import { writeError } from '../render/messages.ts';
import { SCENARIO_NAMES } from '../sandbox/scenario.ts';
import { paintFor } from './color.ts';
import { createProgram, type Flags } from './program.ts';
import { readSandboxSettings } from './sandbox-settings.ts';
import { type CommandDefaults, readSettings } from './settings.ts';
import { readTaskIds } from './task-arguments.ts';
import { readToken } from './token.ts';

const GET: CommandDefaults = { retryFor: '30s', interval: '10s' };
const WATCH: CommandDefaults = { retryFor: '5m', interval: '10s' };
// A scenario may never end; the demo does.
const DEMO: CommandDefaults = { retryFor: '5m', interval: '1s', timeout: '20s' };

/** Runs what the command line asks for. Returns the exit code. */
export async function run(context: Context): Promise<number> {
  const { host, stdout, stderr } = context;
  let code = 0;
  const program = createProgram(
    {
      get: async (task, flags) => {
        code = await runOnTasks([task], flags, GET, context, ([id = ''], settings, token) =>
          get(id, { settings, token }, context),
        );
      },
      watch: async (tasks, flags) => {
        code = await runOnTasks(tasks, flags, WATCH, context, (ids, settings, token) =>
          watch(ids, afterWatch(ids), { settings, token }, context),
        );
      },
      demo: async (name, flags) => {
        code = await runDemo(name, flags, context);
      },
      sandbox: async (flags) => {
        const settings = readSandboxSettings(flags, host);
        code = settings.ok ? await sandbox(settings.value, context) : refuse(settings.message, flags, context);
      },
    },
    { writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) },
  );
  try {
    await program.parseAsync(host.argv, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    // Without a command commander prints the help and has nothing to add.
    return error.code === 'commander.help' ? USAGE : refuse(commanderMessage(error), {}, context);
  }
}

/** Checks all that a command on tasks needs, and in this order: the line, standard input, the token. Nothing is sent before. */
async function runOnTasks(
  tasks: readonly string[],
  flags: Flags,
  defaults: CommandDefaults,
  context: Context,
  command: (ids: readonly string[], settings: Settings, token: string) => Promise<number>,
): Promise<number> {
  const tokenFile = typeof flags.tokenFile === 'string' ? flags.tokenFile : undefined;
  const settings = readSettings(flags, defaults, context.host);
  if (!settings.ok) return refuse(settings.message, flags, context);
  if (tokenFile === '-' && tasks.includes('-')) {
    return refuse('standard input cannot hold both the token and the tasks; set EXTRUCT_API_TOKEN', flags, context);
  }
  const ids = await readTaskIds(tasks, context.host.stdin);
  if (!ids.ok) return refuse(ids.message, flags, context);
  const token = await readToken(tokenFile, context.host);
  if (!token.ok) return refuse(token.message, flags, context);
  if (token.value === '') {
    const reason = { what: 'There is no token', fix: 'set EXTRUCT_API_TOKEN, or --token-file to a file that holds it' };
    writeError(context.stderr, settings.value.paint.stderr, reason, false);
    return NO_TOKEN;
  }
  return command(ids.value, settings.value, token.value);
}

async function runDemo(name: string, flags: Flags, context: Context): Promise<number> {
  const scenario = SCENARIO_NAMES.find((candidate) => candidate === name);
  if (!scenario) return refuse(`'${name}' is no scenario; set one of ${SCENARIO_NAMES.join(', ')}`, flags, context);
  // The demo brings its own address: a wrong one in the environment, or a proxy, does not matter.
  const env = { ...context.host.env, NO_PROXY: '*', no_proxy: '*' };
  const settings = readSettings({ ...flags, apiUrl: 'http://localhost' }, DEMO, { ...context.host, env });
  return settings.ok ? demo(scenario, settings.value, context) : refuse(settings.message, flags, context);
}

/** What a user who was stopped runs: the same command, while it can be read at a glance. */
function afterWatch(ids: readonly string[]) {
  const tasks = ids.length > 1 ? 'the tasks go' : 'the task goes';
  return {
    command: `extruct-task watch ${ids.length > 3 ? '…' : ids.join(' ')}`,
    meanwhile: `${tasks} on running on the server`,
  };
}

/** commander's words without its own "error:", on one line. */
function commanderMessage(error: CommanderError): string {
  const message = error.message.replace(/^error: /, '').replace(/\.?\n/g, ' ');
  return `${message}; run \`extruct-task --help\``;
}

function refuse(message: string, flags: Flags, { host, stderr }: Context): number {
  const [what = '', ...fix] = message.split('; ');
  const reason: Reason = { what, fix: fix.join('; ') };
  writeError(stderr, paintFor(host.stderr, flags.color, host.env), reason, false);
  return USAGE;
}
