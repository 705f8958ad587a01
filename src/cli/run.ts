import { CommanderError } from 'commander';
import type { Access, Context, Settings } from '../commands/context.ts';
import { demo } from '../commands/demo.ts';
import { get } from '../commands/get.ts';
import { pick } from '../commands/pick.ts';
import { sandbox } from '../commands/sandbox.ts';
import type { Afterwards } from '../commands/stop.ts';
import { watch } from '../commands/watch.ts';
import { formatDuration } from '../core/duration.ts';
import { NO_TOKEN, TIMED_OUT, USAGE } from '../core/exit-code.ts';
import type { Reason } from '../core/failure.ts';
import type { Host } from '../host.ts';
import { writeError, writeWarning } from '../render/messages.ts';
import { SCENARIO_NAMES } from '../sandbox/scenario.ts';
import { paintFor } from './color.ts';
import { createProgram, type Flags } from './program.ts';
import { readSandboxSettings } from './sandbox-settings.ts';
import { type CommandDefaults, isCi, readSettings } from './settings.ts';
import { readTaskIds } from './task-arguments.ts';
import { readToken } from './token.ts';
import type { Result } from './usage.ts';

const GET: CommandDefaults = { retryFor: '30s', interval: 'auto' };
const WATCH: CommandDefaults = { retryFor: '5m', interval: 'auto' };
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
          watchOrPick(ids, { settings, token }, context),
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
    // Without a command commander prints the help, and for `help` of one that there is not it says no more.
    if (error.code === 'commander.help') {
      return host.argv.length === 0
        ? USAGE
        : refuse(`'${host.argv.join(' ')}' asks for help on no command; run \`extruct-task --help\``, {}, context);
    }
    return refuse(commanderMessage(error), host.argv.includes('--no-color') ? { color: false } : {}, context);
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
  const { host, stderr } = context;
  const tokenFile = typeof flags.tokenFile === 'string' ? flags.tokenFile : undefined;
  const settings = readSettings(flags, defaults, host);
  if (!settings.ok) return refuse(settings.message, flags, context);
  if (tokenFile === '-' && tasks.includes('-')) {
    return refuse('standard input cannot hold both the token and the tasks; set EXTRUCT_API_TOKEN', flags, context);
  }
  const { paint, deadline, timeoutMs } = settings.value;
  const warn = (text: string) => writeWarning(stderr, paint.stderr, text);
  const inputs = await beforeDeadline(readInputs(tasks, tokenFile, host, warn), deadline, host);
  if (inputs === null) {
    const what = `Standard input or the token's file did not end within ${formatDuration(timeoutMs)} (--timeout)`;
    writeError(stderr, paint.stderr, { what, fix: 'check where it comes from, or set a longer --timeout' }, false);
    return TIMED_OUT;
  }
  if (!inputs.ok) return refuse(inputs.message, flags, context);
  const { ids, token } = inputs.value;
  if (token === '') {
    const reason = { what: 'There is no token', fix: 'set EXTRUCT_API_TOKEN, or --token-file to a file that holds it' };
    writeError(stderr, paint.stderr, reason, false);
    return NO_TOKEN;
  }
  return command(ids, settings.value, token);
}

async function readInputs(
  tasks: readonly string[],
  tokenFile: string | undefined,
  host: Host,
  warn: (text: string) => void,
): Promise<Result<{ ids: string[]; token: string }>> {
  const ids = tasks.length === 0 && canChoose(host) ? { ok: true as const, value: [] } : await readTaskIds(tasks, host.stdin);
  if (!ids.ok) return ids;
  const token = await readToken(tokenFile, host, warn);
  return token.ok ? { ok: true, value: { ids: ids.value, token: token.value } } : token;
}

/** Whether a person is there to choose a task. */
function canChoose({ env, stdin, stderr }: Host): boolean {
  return stdin.isTTY === true && stderr.isTTY === true && !isCi(env);
}

async function watchOrPick(ids: readonly string[], access: Access, context: Context): Promise<number> {
  if (ids.length > 0) return watch(ids, afterWatch(ids), access, context);
  const choice = await pick(access, context);
  return 'code' in choice ? choice.code : watch([choice.id], afterWatch([choice.id]), access, context);
}

/** What comes of the promise, or null where it is still open at the deadline (the clock's time, in milliseconds). */
async function beforeDeadline<T>(promise: Promise<T>, deadline: number, { clock }: Host): Promise<T | null> {
  const over = new AbortController();
  const timeout = clock.sleep(deadline - clock.now(), over.signal).then(() => null);
  return Promise.race([promise, timeout]).finally(() => over.abort());
}

async function runDemo(name: string, flags: Flags, context: Context): Promise<number> {
  const scenario = SCENARIO_NAMES.find((candidate) => candidate === name);
  if (!scenario) return refuse(`'${name}' is no scenario; set one of ${SCENARIO_NAMES.join(', ')}`, flags, context);
  // The demo brings its own address and token: what the environment says of the real ones does not matter.
  const env = { ...context.host.env, NO_PROXY: '*', no_proxy: '*', NODE_DEBUG: '' };
  const settings = readSettings({ ...flags, apiUrl: 'http://localhost' }, DEMO, { ...context.host, env });
  return settings.ok ? demo(scenario, settings.value, context) : refuse(settings.message, flags, context);
}

/** How a user who was stopped goes on: with the same command, written out while it can be read at a glance. */
function afterWatch(ids: readonly string[]): Afterwards {
  const [tasks, them] = ids.length > 1 ? ['the tasks go', 'them'] : ['the task goes', 'it'];
  const command = ids.length > 3 ? 'the same command' : `\`extruct-task watch ${ids.join(' ')}\``;
  return { meanwhile: `${tasks} on running on the server`, fix: `run ${command} to watch ${them} again` };
}

/** commander's words without its own "error:", on one line. */
function commanderMessage(error: CommanderError): string {
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\.?\n/g, ' ')
    .replace(/\.$/, '');
  return `${message}; run \`extruct-task --help\``;
}

function refuse(message: string, flags: Flags, { host, stderr }: Context): number {
  const [what = '', ...fix] = message.split('; ');
  const reason: Reason = { what, fix: fix.join('; ') };
  writeError(stderr, paintFor(host.stderr, flags.color, host.env), reason, false);
  return USAGE;
}
