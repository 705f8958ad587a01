import type { Call, Context, Ending } from '../../cli/command.ts';
import { refuse } from '../../cli/refuse.ts';
import type { Answered } from '../../core/attempts.ts';
import { UNEXPECTED } from '../../core/exit-code.ts';
import { createGate } from '../../core/gate.ts';
import type { TaskSnapshot } from '../../core/task.ts';
import { TOKENS_PAGE } from '../../core/token.ts';
import { writeError, writeNote } from '../../render/messages.ts';
import { SCENARIO_NAMES, scenarioOf } from '../../sandbox/scenario.ts';
import { SANDBOX_TOKEN, startSandbox } from '../../sandbox/server.ts';
import { refusalOf } from '../sandbox/words.ts';
import { endWith } from '../session/report.ts';
import { withSession } from '../session/session.ts';
import { type Access, readSettings } from '../session/settings.ts';
import { toWatch, type WatchAccess } from '../watch/settings.ts';
import type { options } from './spec.ts';

/** How long a simulated task takes in the demo, in milliseconds. It ends between two polls, so that the second finds all results. */
const DEMO_MS = 11_600;

/** How the demo reaches the API: the user's own settings for that do not apply. */
const OWN_WAY = { tokenFile: null, apiUrl: 'http://localhost', insecureHttp: false, insecureDebug: false };

const QUERY = 'climate-tech companies in Europe that sell to industry';

/** How long the demo waits for a stalled task, in milliseconds, unless an option sets it: the demo must end. */
const STALL_TIMEOUT_MS = 6000;

/** `demo`: watches a simulated task through the real client, over a socket of this machine. */
export async function runDemo({ args, values, context }: Call<typeof options>): Promise<Ending> {
  const { host, stderr } = context;
  const scenario = SCENARIO_NAMES.find((candidate) => candidate === args[0]);
  if (!scenario)
    return refuse([{ what: `unknown scenario '${args[0]}'`, fix: `set one of ${SCENARIO_NAMES.join(', ')}` }], context);
  // The demo has its own address and token: the environment's settings for the real ones do not matter.
  const env = { ...host.env, NO_PROXY: '*', no_proxy: '*', NODE_DEBUG: '' };
  const { argv, clock, stdout } = host;
  const settings = readSettings({ ...values, ...OWN_WAY }, { argv, env, clock, stdout, stderr: host.stderr });
  if (!settings.ok) return refuse(settings.reasons, context);
  const unwritable = values.output ? await (await import('../companies/save.ts')).troubleWith(values.output) : [];
  if (unwritable.length > 0) return refuse(unwritable, context);
  const planned = scenarioOf(scenario, new Date());
  const speed = (planned?.durationMs || DEMO_MS) / DEMO_MS;
  const sandbox = await startSandbox({ port: 0, speed, now: host.clock.now });
  if ('refused' in sandbox) {
    writeError(stderr, settings.value.colored.stderr, refusalOf(sandbox.refused, 0), false);
    return UNEXPECTED;
  }
  const note = (text: string) => {
    if (!values.quiet) writeNote(stderr, text);
  };
  note(`Simulated task "${scenario}": no account is needed, and nothing leaves this machine.`);
  const stallTimeout = values.stallTimeout ?? (scenario === 'stalled' ? STALL_TIMEOUT_MS : null);
  const reached = { settings: { ...settings.value, apiUrl: sandbox.url, way: '' }, token: SANDBOX_TOKEN, gate: createGate(host) };
  const access = toWatch(reached, { ...values, stallTimeout }, host);
  try {
    // Without credits a user can watch a task, but not create one.
    const creates = values.create || planned?.account === 'without_credits';
    const target = creates ? (planned?.task(0).desired_num_results ?? null) : null;
    return await play(scenario, target, access, context, note);
  } finally {
    await sandbox.close();
  }
}

/** Watches the simulated task; with a target a task is created for it first. */
async function play(
  scenario: string,
  target: number | null,
  access: WatchAccess,
  context: Context,
  note: (text: string) => void,
): Promise<Ending> {
  const afterwards = {
    meanwhile: 'the simulated task ends with the demo',
    fix: `run \`extruct-task demo ${scenario}\` to start another`,
    isGone: true,
  };
  const { watch } = await import('../watch/run.ts');
  const watchOne = async (id: string, more: Partial<WatchAccess['settings']>) => {
    const settings = { ...access.settings, ...more };
    return afterDemo(await watch({ ids: [id], unknown: [] }, afterwards, { ...access, settings }, context), note);
  };
  if (target === null) return watchOne(`${scenario}-demo`, {});
  note(`The same as \`extruct-task create '${QUERY}' --desired ${target} --watch --results\`.`);
  const created = await createSimulated({ query: `${scenario}: ${QUERY}`, desired_num_results: target }, access, context);
  if (!created.ok) return endWith(created.outcome, { kind: 'create' }, access, context);
  return watchOne(created.value.id, { results: true, printsResults: true });
}

/** Says how to go on with tasks that are not simulated, unless the user has stopped the demo. */
function afterDemo(ending: Ending, note: (text: string) => void): Ending {
  const token = `set EXTRUCT_API_TOKEN to a token from ${TOKENS_PAGE}`;
  if (typeof ending === 'number') note(`For your own tasks: ${token}, and run \`extruct-task watch <task>\``);
  return ending;
}

function createSimulated(body: object, access: Access, context: Context): Promise<Answered<TaskSnapshot>> {
  const afterwards = {
    unfinished: 'The simulated task was not created',
    meanwhile: 'no task was created',
    fix: 'run the command again',
  };
  return withSession(afterwards, access, context, ({ ask }) =>
    ask((client, signal) => client.createTask(JSON.stringify(body), signal)),
  );
}
