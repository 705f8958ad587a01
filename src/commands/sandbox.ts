import { signalExitCode, UNEXPECTED } from '../core/exit-code.ts';
import type { StopSignal } from '../core/outcome.ts';
import { writeError, writeNote } from '../render/messages.ts';
import { SCENARIO_NAMES } from '../sandbox/scenario.ts';
import { SANDBOX_TOKEN, startSandbox } from '../sandbox/server.ts';
import type { Context } from './context.ts';

/** What a user can set for `sandbox`. */
export interface SandboxSettings {
  /** 0 for any free port. */
  readonly port: number;
  /** How many seconds of a task pass in a second. */
  readonly speed: number;
  readonly colored: boolean;
}

/** `sandbox`: serves the simulated API on loopback until it is stopped. Returns the exit code. */
export async function sandbox(settings: SandboxSettings, { host, stdout, stderr }: Context): Promise<number> {
  const onRequest = (line: string) => writeNote(stderr, line);
  const server = await startSandbox({ port: settings.port, speed: settings.speed, now: host.clock.now, onRequest });
  if ('refused' in server) {
    const reason = { what: `Port ${settings.port} cannot be used (${server.refused})`, fix: 'set another one with --port' };
    writeError(stderr, settings.colored, reason, false);
    return UNEXPECTED;
  }
  let release = () => {};
  const stopped = new Promise<StopSignal>((resolve) => {
    release = host.onStop(resolve);
    stdout.broken.addEventListener('abort', () => resolve('SIGPIPE'), { once: true });
  });
  stdout.write(`export EXTRUCT_API_URL=${server.url.origin}\nexport EXTRUCT_API_TOKEN=${SANDBOX_TOKEN}\n`);
  writeNote(stderr, `Serving simulated tasks: ${SCENARIO_NAMES.join(', ')}. Ctrl-C stops.`);
  const signal = await stopped;
  await server.close();
  release();
  return signalExitCode(signal);
}
