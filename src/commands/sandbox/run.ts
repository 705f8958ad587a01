import { isColored } from '../../cli/color.ts';
import type { Call, Ending } from '../../cli/command.ts';
import { refuse } from '../../cli/refuse.ts';
import { UNEXPECTED } from '../../core/exit-code.ts';
import type { StopSignal } from '../../core/outcome.ts';
import { writeError, writeNote } from '../../render/messages.ts';
import { SCENARIO_NAMES } from '../../sandbox/scenario.ts';
import { SANDBOX_TOKEN, startSandbox } from '../../sandbox/server.ts';
import { readReplay } from './replay.ts';
import type { options } from './spec.ts';
import { linesToPaste, refusalOf } from './words.ts';

/** `sandbox`: serves the simulated API on loopback until it is stopped. */
export async function runSandbox({ values, context }: Call<typeof options>): Promise<Ending> {
  const { host, stdout, stderr } = context;
  const onRequest = (line: string) => writeNote(stderr, line);
  const recordings = values.replay === null ? null : await readReplay(values.replay, host);
  if (recordings && !recordings.ok) return refuse(recordings.reasons, context);
  const recorded = recordings?.value ?? [];
  const server = await startSandbox({ ...values, recordings: recorded, now: host.clock.now, onRequest });
  if ('refused' in server) {
    writeError(stderr, isColored(host.stderr, host), refusalOf(server.refused, values.port), false);
    return UNEXPECTED;
  }
  let release = () => {};
  const stopped = new Promise<StopSignal>((resolve) => {
    release = host.onStop(resolve);
    stdout.broken.addEventListener('abort', () => resolve('SIGPIPE'), { once: true });
  });
  stdout.write(linesToPaste(server.url.origin, SANDBOX_TOKEN, host.machine.platform));
  if (recorded.length > 0) writeNote(stderr, `Playing back: ${recorded.map(({ id }) => id).join(', ')}.`);
  writeNote(stderr, `Serving simulated tasks: ${SCENARIO_NAMES.join(', ')}. Press Ctrl-C to stop.`);
  const signal = await stopped;
  await server.close();
  release();
  return signal;
}
