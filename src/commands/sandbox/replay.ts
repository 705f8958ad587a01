import { cannotRead, readShort } from '../../cli/read-short.ts';
import { type Result, usageError } from '../../core/usage.ts';
import type { Host } from '../../host.ts';
import { type Recording, readRecordings } from '../../sandbox/recording.ts';

/** The longest recording that is read, in MiB: some days of a task whose counters never rest. */
const MOST_MIB = 100;

/** The tasks in a file that `watch --json` wrote, or on standard input. */
export async function readReplay(path: string, host: Host): Promise<Result<readonly Recording[]>> {
  const name = `--replay '${path}'`;
  const fix = 'set a file that `extruct-task watch --json` wrote';
  try {
    const text = await readShort(path, host, MOST_MIB * 1024 * 1024);
    if (text === null) return usageError(`${name} is longer than ${MOST_MIB} MiB`, fix);
    const recordings = readRecordings(text);
    if (!('wrongLine' in recordings)) return { ok: true, value: recordings };
    const { wrongLine } = recordings;
    return usageError(
      wrongLine > 0 ? `line ${wrongLine} of ${name} is not a line of a watch` : `${name} has no answer in it`,
      fix,
    );
  } catch (error) {
    return cannotRead(name, error);
  }
}
