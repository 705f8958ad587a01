import type { Access, Context } from '../commands/context.ts';
import type { Named } from '../commands/name.ts';
import { afterWatch } from '../commands/stop.ts';
import { LAST } from '../core/task-reference.ts';
import { reasonsOf } from '../core/usage.ts';
import type { Host } from '../host.ts';
import { SCENARIO_NAMES } from '../sandbox/scenario.ts';
import { prepare } from './prepare.ts';
import type { Flags } from './program.ts';
import { refuse } from './refuse.ts';
import { type CommandDefaults, isCi, readSettings } from './settings.ts';
import { readTaskIds } from './task-arguments.ts';

/*
 * What the program does for each command: checks what the user gave, then loads the command and runs it. Each returns the
 * exit code.
 */

/** For what asks once. */
const ONCE: CommandDefaults = { retryFor: '30s', interval: 'auto' };
const WATCH: CommandDefaults = { retryFor: '5m', interval: 'auto' };
// A scenario may never end; the demo does.
const DEMO: CommandDefaults = { retryFor: '5m', interval: '1s', timeout: '20s', settle: '3s' };
const STALLED_DEMO: Flags = { stallTimeout: '6s' };

/** `get`. */
export function runGet(tasks: readonly string[], flags: Flags, context: Context): Promise<number> {
  return runOnTasks('get', tasks, flags, ONCE, context, async (named, access) => {
    const { get } = await import('../commands/get.ts');
    return get(named, access, context);
  });
}

/** `watch`. */
export function runWatch(tasks: readonly string[], flags: Flags, context: Context): Promise<number> {
  return runOnTasks('watch', tasks, flags, WATCH, context, async (named, access) => {
    const { watch } = await import('../commands/watch.ts');
    return watch(named, afterWatch(named.ids), access, context);
  });
}

/** `results`. */
export async function runResults(tasks: readonly string[], flags: Flags, context: Context): Promise<number> {
  const { readResultsWish } = await import('./results-settings.ts');
  const wish = readResultsWish(flags);
  if (!wish.ok) return refuse(wish.reasons, flags, context);
  return runOnTasks('results', tasks, flags, ONCE, context, async (named, access) => {
    const { results } = await import('../commands/results.ts');
    return results(named, wish.value, access, context);
  });
}

/** `list`. */
export async function runList(flags: Flags, context: Context): Promise<number> {
  const { readListWish } = await import('./list-settings.ts');
  const prepared = await prepare({ flags, defaults: ONCE, fromStdin: [], read: async () => readListWish(flags) }, context);
  if ('code' in prepared) return prepared.code;
  const { list } = await import('../commands/list.ts');
  return list(prepared.input, prepared.access, context);
}

/** `create`. */
export async function runCreate(query: string | undefined, flags: Flags, context: Context): Promise<number> {
  const { createBody, readCreation, stdinOfCreation } = await import('./create-settings.ts');
  const { readGoesOn } = await import('./goes-on.ts');
  const isDry = flags.dryRun === true;
  const watches = flags.watch === true;
  const needs = {
    flags,
    defaults: watches ? WATCH : ONCE,
    fromStdin: stdinOfCreation(flags),
    tellsAll: true,
    read: async () => {
      const [goesOn, creation] = [readGoesOn(flags), await readCreation(query, flags, context.host)];
      return goesOn.ok ? creation : { ok: false as const, reasons: reasonsOf(goesOn, creation) };
    },
    worksWithoutToken: ({ excluded }: { excluded: readonly string[] }) => isDry && !excluded.includes(LAST),
  };
  const prepared = await prepare(needs, context);
  if ('code' in prepared) return prepared.code;
  const { access, input } = prepared;
  const named = await lookUp(input.excluded, access, context);
  if (named.unknown.length > 0) {
    const { endUnknown } = await import('../commands/report.ts');
    return endUnknown(named.unknown, access, context);
  }
  const { create } = await import('../commands/create.ts');
  const body = createBody(input, named.ids);
  return create({ body, dryRun: isDry, watch: watches }, access, context);
}

/** `resume`. */
export async function runResume(task: string, flags: Flags, context: Context): Promise<number> {
  const { readResumeWish } = await import('./resume-settings.ts');
  const wish = readResumeWish(flags);
  if (!wish.ok) return refuse(wish.reasons, flags, context);
  return runOnTasks('resume', [task], flags, wish.value.watch ? WATCH : ONCE, context, async (named, access) => {
    const { resume } = await import('../commands/resume.ts');
    return resume(named, wish.value, access, context);
  });
}

/** `demo`. */
export async function runDemo(name: string, flags: Flags, context: Context): Promise<number> {
  const scenario = SCENARIO_NAMES.find((candidate) => candidate === name);
  if (!scenario)
    return refuse([{ what: `'${name}' is no scenario`, fix: `set one of ${SCENARIO_NAMES.join(', ')}` }], flags, context);
  // The demo brings its own address and token: what the environment says of the real ones does not matter.
  const env = { ...context.host.env, NO_PROXY: '*', no_proxy: '*', NODE_DEBUG: '' };
  const wishes = { ...(scenario === 'stalled' ? STALLED_DEMO : {}), ...flags, apiUrl: 'http://localhost' };
  const settings = readSettings(wishes, DEMO, { ...context.host, env });
  if (!settings.ok) return refuse(settings.reasons, flags, context);
  const { demo } = await import('../commands/demo.ts');
  return demo({ scenario, create: flags.create === true }, settings.value, context);
}

/** `sandbox`. */
export async function runSandbox(flags: Flags, context: Context): Promise<number> {
  const { readSandboxSettings } = await import('./sandbox-settings.ts');
  const settings = readSandboxSettings(flags, context.host);
  if (!settings.ok) return refuse(settings.reasons, flags, context);
  const { sandbox } = await import('../commands/sandbox.ts');
  return sandbox(settings.value, context);
}

/** What does not go on to a second task: `-` may bring more of them. */
const ONE_TASK = ['results', 'resume'];

/** Runs a command on the tasks that were named; where none is, a person at a terminal is asked. */
async function runOnTasks(
  command: string,
  tasks: readonly string[],
  flags: Flags,
  defaults: CommandDefaults,
  context: Context,
  run: (named: Named, access: Access) => Promise<number>,
): Promise<number> {
  const { host } = context;
  const asks = tasks.length === 0 && canChoose(host);
  const read = async () =>
    asks ? { ok: true as const, value: [] } : readTaskIds(tasks, host, ONE_TASK.includes(command) ? 1 : Number.POSITIVE_INFINITY);
  const prepared = await prepare({ flags, defaults, fromStdin: tasks.includes('-') ? ['the tasks'] : [], read }, context);
  if ('code' in prepared) return prepared.code;
  const { access, input } = prepared;
  if (!asks) return run(await lookUp(input, access, context), access);
  const { pick } = await import('../commands/pick.ts');
  const choice = await pick(command, access, context);
  return 'id' in choice ? run({ ids: [choice.id], unknown: [] }, access) : choice.code;
}

/** The names as ids; what looks them up is loaded only where there is something to look up. */
async function lookUp(names: readonly string[], access: Access, context: Context): Promise<Named> {
  if (!names.includes(LAST)) return { ids: names, unknown: [] };
  const { nameTasks } = await import('../commands/name.ts');
  return nameTasks(names, access, context);
}

/** Whether a person is there to choose a task. */
function canChoose({ env, stdin, stderr }: Host): boolean {
  return stdin.isTTY === true && stderr.isTTY === true && !isCi(env);
}
