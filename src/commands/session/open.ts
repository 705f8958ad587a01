import type { Call, Context, Ending } from '../../cli/command.ts';
import { refuse } from '../../cli/refuse.ts';
import { formatDuration } from '../../core/duration.ts';
import { NO_TOKEN, TIMED_OUT } from '../../core/exit-code.ts';
import type { Reason } from '../../core/failure.ts';
import { createGate } from '../../core/gate.ts';
import { type Result, reasonsOf } from '../../core/usage.ts';
import type { Host } from '../../host.ts';
import { writeError, writeWarning } from '../../render/messages.ts';
import { type Access, type AccessOptions, readSettings } from './settings.ts';
import { readToken } from './token.ts';

/** What a command needs besides its settings and the token. */
interface Needs<T> {
  /** What is read from standard input, in words: two things cannot be. */
  readonly fromStdin: readonly string[];
  /** Reads the rest of what the user gave. */
  read(): Promise<Result<T>>;
  /** Tell what is wrong with the settings and with the rest at once; else the rest is looked at once the settings are right. */
  readonly tellsAll?: boolean;
  /** Whether the command can do without a token, by what was read. */
  readonly worksWithoutToken?: (input: T) => boolean;
}

/** All of it, or how the program ends where something is missing or wrong, which has been told then. */
type Opened<T> = { readonly access: Access; readonly input: T } | { readonly ending: Ending };

/** Checks all that a command needs, and in this order: the line, files and standard input, the token. Nothing is sent before. */
export async function open<T>({ values, context }: Call<AccessOptions>, needs: Needs<T>): Promise<Opened<T>> {
  const { host, stderr } = context;
  const tokenFile = values.tokenFile ?? undefined;
  const settings = readSettings(values, host);
  if (!settings.ok) return { ending: refuse([...settings.reasons, ...(await alsoWrong(needs, host))], context) };
  const [first, second] = [...(tokenFile === '-' ? ['the token'] : []), ...needs.fromStdin];
  if (second !== undefined) {
    const fix = tokenFile === '-' ? 'set EXTRUCT_API_TOKEN' : 'set a file for one of them';
    return { ending: refuse([{ what: `standard input cannot hold both ${first} and ${second}`, fix }], context) };
  }
  const { colored, deadline, timeoutMs } = settings.value;
  const warn = (text: string) => writeWarning(stderr, colored.stderr, text);
  const inputs = await beforeDeadline(readInputs(needs, tokenFile, host, warn), deadline, host);
  if (inputs === null) {
    const what = `A file or standard input did not end within ${formatDuration(timeoutMs)} (--timeout)`;
    return fail({ what, fix: 'check where it comes from, or set a longer --timeout' }, TIMED_OUT, colored.stderr, context);
  }
  if (!inputs.ok) return { ending: refuse(inputs.reasons, context) };
  const { input, token } = inputs.value;
  if (token === '' && needs.worksWithoutToken?.(input) !== true) {
    const fix = 'set EXTRUCT_API_TOKEN, or --token-file to a file that holds it';
    return fail({ what: 'No API token found', fix }, NO_TOKEN, colored.stderr, context);
  }
  return { access: { settings: settings.value, token, gate: createGate(host) }, input };
}

function fail(reason: Reason, code: number, isColored: boolean, { stderr }: Context): { ending: Ending } {
  writeError(stderr, isColored, reason, false);
  return { ending: code };
}

/** So long a file is waited for that is read only to say what is wrong with it as well, in milliseconds. */
const PATIENCE_MS = 1000;

/** What is wrong with the rest of what the user gave, where that is wanted and can be told. */
export async function alsoWrong<T>({ tellsAll, fromStdin, read }: Needs<T>, host: Host): Promise<readonly Reason[]> {
  if (!tellsAll || fromStdin.length > 0) return [];
  const input = await beforeDeadline(read(), host.clock.now() + PATIENCE_MS, host);
  return input === null ? [] : reasonsOf(input);
}

async function readInputs<T>(
  needs: Needs<T>,
  tokenFile: string | undefined,
  host: Host,
  warn: (text: string) => void,
): Promise<Result<{ input: T; token: string }>> {
  const input = await needs.read();
  if (!input.ok) return input;
  const token = await readToken(tokenFile, host, warn);
  return token.ok ? { ok: true, value: { input: input.value, token: token.value } } : token;
}

/** What comes of the promise, or null where it is still open at the deadline (the clock's time, in milliseconds). */
async function beforeDeadline<T>(promise: Promise<T>, deadline: number, { clock }: Host): Promise<T | null> {
  if (deadline === Number.POSITIVE_INFINITY) return promise;
  const over = new AbortController();
  const timeout = clock.sleep(deadline - clock.now(), over.signal).then(() => null);
  return Promise.race([promise, timeout]).finally(() => over.abort());
}
