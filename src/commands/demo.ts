import { UNEXPECTED } from '../core/exit-code.ts';
import { writeError, writeNote } from '../render/messages.ts';
import { type ScenarioName, scenarioOf } from '../sandbox/scenario.ts';
import { SANDBOX_TOKEN, startSandbox } from '../sandbox/server.ts';
import type { Context, Settings } from './context.ts';
import { watch } from './watch.ts';

/** How long a simulated task takes in the demo, in milliseconds. */
const DEMO_MS = 12_000;

/** `demo`: watches a simulated task through the real client, over a socket of this machine. Returns the exit code. */
export async function demo(name: ScenarioName, settings: Settings, context: Context): Promise<number> {
  const { host } = context;
  const durationMs = scenarioOf(name, new Date())?.durationMs || DEMO_MS;
  const sandbox = await startSandbox({ port: 0, speed: durationMs / DEMO_MS, now: host.clock.now });
  if ('refused' in sandbox) {
    const reason = { what: `This machine gives no port on loopback (${sandbox.refused})`, fix: 'check its network settings' };
    writeError(context.stderr, settings.colored.stderr, reason, false);
    return UNEXPECTED;
  }
  if (settings.progress !== 'none')
    writeNote(context.stderr, `Simulated task "${name}": no account is needed, and nothing leaves this machine.`);
  try {
    const afterwards = {
      meanwhile: 'the simulated task ends with the demo',
      fix: `run \`extruct-task demo ${name}\` to start another`,
    };
    const access = { settings: { ...settings, apiUrl: sandbox.url }, token: SANDBOX_TOKEN };
    return await watch({ ids: [`${name}-demo`], unknown: [] }, afterwards, access, context);
  } finally {
    await sandbox.close();
  }
}
