import type { Access, Context, Settings } from '../commands/context.ts';
import type { Afterwards } from '../commands/stop.ts';
import { formatDuration } from '../core/duration.ts';
import { NO_TOKEN, TIMED_OUT } from '../core/exit-code.ts';
import type { Host } from '../host.ts';
import { writeError, writeWarning } from '../render/messages.ts';
import { SCENARIO_NAMES } from '../sandbox/scenario.ts';
import type { Flags } from './program.ts';
import { refuse } from './refuse.ts';
import { readSandboxSettings } from './sandbox-settings.ts';
import { type CommandDefaults, isCi, readSettings } from './settings.ts';
import { readTaskIds } from './task-arguments.ts';
import { readToken } from './token.ts';
import type { Result } from './usage.ts';

/*
 * What the program does for each command: checks what the user gave, then loads the command and runs it. Each returns the
 * exit code.
 */

const GET: CommandDefaults = { retryFor: '30s', interval: 'auto' };
const WATCH: CommandDefaults = { retryFor: '5m', interval: 'auto' };
// A scenario may never end; the demo does.
const DEMO: CommandDefaults = { retryFor: '5m', interval: '1s', timeout: '20s' };

/** `get`. */
export function runGet(task: string, flags: Flags, context: Context): Promise<number> {
  return runOnTasks([task], flags, GET, context, async ([id = ''], settings, token) => {
    const { get } = await import('../commands/get.ts');
    return get(id, { settings, token }, context);
  });
}

/** `watch`. */
export function runWatch(tasks: readonly string[], flags: Flags, context: Context): Promise<number> {
  return runOnTasks(tasks, flags, WATCH, context, (ids, settings, token) => watchOrPick(ids, { settings, token }, context));
}

/** `demo`. */
export async function runDemo(name: string, flags: Flags, context: Context): Promise<number> {
  const scenario = SCENARIO_NAMES.find((candidate) => candidate === name);
  if (!scenario)
    return refuse({ what: `'${name}' is no scenario`, fix: `set one of ${SCENARIO_NAMES.join(', ')}` }, flags, context);
  // The demo brings its own address and token: what the environment says of the real ones does not matter.
  const env = { ...context.host.env, NO_PROXY: '*', no_proxy: '*', NODE_DEBUG: '' };
  const settings = readSettings({ ...flags, apiUrl: 'http://localhost' }, DEMO, { ...context.host, env });
  if (!settings.ok) return refuse(settings.reason, flags, context);
  const { demo } = await import('../commands/demo.ts');
  return demo(scenario, settings.value, context);
}

/** `sandbox`. */
export async function runSandbox(flags: Flags, context: Context): Promise<number> {
  const settings = readSandboxSettings(flags, context.host);
  if (!settings.ok) return refuse(settings.reason, flags, context);
  const { sandbox } = await import('../commands/sandbox.ts');
  return sandbox(settings.value, context);
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
  if (!settings.ok) return refuse(settings.reason, flags, context);
  if (tokenFile === '-' && tasks.includes('-')) {
    const reason = { what: 'standard input cannot hold both the token and the tasks', fix: 'set EXTRUCT_API_TOKEN' };
    return refuse(reason, flags, context);
  }
  const { colored, deadline, timeoutMs } = settings.value;
  const warn = (text: string) => writeWarning(stderr, colored.stderr, text);
  const inputs = await beforeDeadline(readInputs(tasks, tokenFile, host, warn), deadline, host);
  if (inputs === null) {
    const what = `Standard input or the token's file did not end within ${formatDuration(timeoutMs)} (--timeout)`;
    writeError(stderr, colored.stderr, { what, fix: 'check where it comes from, or set a longer --timeout' }, false);
    return TIMED_OUT;
  }
  if (!inputs.ok) return refuse(inputs.reason, flags, context);
  const { ids, token } = inputs.value;
  if (token === '') {
    const reason = { what: 'There is no token', fix: 'set EXTRUCT_API_TOKEN, or --token-file to a file that holds it' };
    writeError(stderr, colored.stderr, reason, false);
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
  const ids = tasks.length === 0 && canChoose(host) ? { ok: true as const, value: [] } : await readTaskIds(tasks, host);
  if (!ids.ok) return ids;
  const token = await readToken(tokenFile, host, warn);
  return token.ok ? { ok: true, value: { ids: ids.value, token: token.value } } : token;
}

/** Whether a person is there to choose a task. */
function canChoose({ env, stdin, stderr }: Host): boolean {
  return stdin.isTTY === true && stderr.isTTY === true && !isCi(env);
}

async function watchOrPick(ids: readonly string[], access: Access, context: Context): Promise<number> {
  const choice = ids.length > 0 ? { ids } : await pickOne(access, context);
  if ('code' in choice) return choice.code;
  const { watch } = await import('../commands/watch.ts');
  return watch(choice.ids, afterWatch(choice.ids), access, context);
}

async function pickOne(access: Access, context: Context): Promise<{ ids: readonly string[] } | { code: number }> {
  const { pick } = await import('../commands/pick.ts');
  const choice = await pick(access, context);
  return 'id' in choice ? { ids: [choice.id] } : choice;
}

/** What comes of the promise, or null where it is still open at the deadline (the clock's time, in milliseconds). */
async function beforeDeadline<T>(promise: Promise<T>, deadline: number, { clock }: Host): Promise<T | null> {
  if (deadline === Number.POSITIVE_INFINITY) return promise;
  const over = new AbortController();
  const timeout = clock.sleep(deadline - clock.now(), over.signal).then(() => null);
  return Promise.race([promise, timeout]).finally(() => over.abort());
}

/** How a user who was stopped goes on: with the same command, written out while it can be read at a glance. */
function afterWatch(ids: readonly string[]): Afterwards {
  const [tasks, them] = ids.length > 1 ? ['the tasks go', 'them'] : ['the task goes', 'it'];
  const command = ids.length > 3 ? 'the same command' : `\`extruct-task watch ${ids.join(' ')}\``;
  return { meanwhile: `${tasks} on running on the server`, fix: `run ${command} to watch ${them} again` };
}
