import type { Answered } from '../core/attempts.ts';
import { UNEXPECTED } from '../core/exit-code.ts';
import { createGate } from '../core/gate.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { writeError, writeNote } from '../render/messages.ts';
import { type ScenarioName, scenarioOf } from '../sandbox/scenario.ts';
import { SANDBOX_TOKEN, startSandbox } from '../sandbox/server.ts';
import type { Access, Context, Settings } from './context.ts';
import { endWith } from './report.ts';
import { withSession } from './session.ts';
import { watch } from './watch.ts';

/** What the demo is to show. */
interface DemoWish {
  readonly scenario: ScenarioName;
  /** The whole way: create the task, watch it, read what it found. */
  readonly create: boolean;
}

/** How long a simulated task takes in the demo, in milliseconds. It ends between two polls, so that the second finds all results. */
const DEMO_MS = 11_600;

const QUERY = 'climate-tech companies in Europe that sell to industry';

/** `demo`: watches a simulated task through the real client, over a socket of this machine. Returns the exit code. */
export async function demo({ scenario, create }: DemoWish, settings: Settings, context: Context): Promise<number> {
  const { host, stderr } = context;
  const planned = scenarioOf(scenario, new Date());
  const speed = (planned?.durationMs || DEMO_MS) / DEMO_MS;
  const sandbox = await startSandbox({ port: 0, speed, now: host.clock.now });
  if ('refused' in sandbox) {
    const reason = { what: `This machine gives no port on loopback (${sandbox.refused})`, fix: 'check its network settings' };
    writeError(stderr, settings.colored.stderr, reason, false);
    return UNEXPECTED;
  }
  const note = (text: string) => {
    if (settings.progress !== 'none') writeNote(stderr, text);
  };
  note(`Simulated task "${scenario}": no account is needed, and nothing leaves this machine.`);
  try {
    const afterwards = {
      meanwhile: 'the simulated task ends with the demo',
      fix: `run \`extruct-task demo ${scenario}\` to start another`,
    };
    const access = { settings: { ...settings, apiUrl: sandbox.url }, token: SANDBOX_TOKEN, gate: createGate(host) };
    // Without credits one can watch a task, but not create one.
    const creates = create || planned?.account === 'without_credits';
    if (!creates) return await watch({ ids: [`${scenario}-demo`], unknown: [] }, afterwards, access, context);
    const target = planned?.task(0).desired_num_results;
    note(`As \`extruct-task create '${QUERY}' --desired ${target} --watch --results\` does.`);
    const created = await createSimulated({ query: `${scenario}: ${QUERY}`, desired_num_results: target }, access, context);
    if (!created.ok) return endWith(created.outcome, { kind: 'create' }, access, context);
    const withResults = { ...access, settings: { ...access.settings, results: true } };
    return await watch({ ids: [created.value.id], unknown: [] }, afterwards, withResults, context);
  } finally {
    await sandbox.close();
  }
}

function createSimulated(body: object, access: Access, context: Context): Promise<Answered<TaskSnapshot>> {
  const afterwards = {
    unfinished: 'The simulated task had not been created',
    meanwhile: 'no task was created',
    fix: 'run it again',
  };
  return withSession(afterwards, access, context, ({ ask }) =>
    ask((client, signal) => client.createTask(JSON.stringify(body), signal)),
  );
}
