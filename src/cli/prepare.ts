import type { Access, Context } from '../commands/context.ts';
import { formatDuration } from '../core/duration.ts';
import { NO_TOKEN, TIMED_OUT } from '../core/exit-code.ts';
import type { Reason } from '../core/failure.ts';
import { createGate } from '../core/gate.ts';
import { type Result, reasonsOf } from '../core/usage.ts';
import type { Host } from '../host.ts';
import { writeError, writeWarning } from '../render/messages.ts';
import type { Flags } from './program.ts';
import { refuse } from './refuse.ts';
import { type CommandDefaults, readSettings } from './settings.ts';
import { readToken } from './token.ts';

/** What a command needs besides its settings and the token. */
interface Needs<T> {
  readonly flags: Flags;
  readonly defaults: CommandDefaults;
  /** What is read from standard input, in words: two things cannot be. */
  readonly fromStdin: readonly string[];
  /** Reads the rest of what the user gave. */
  read(): Promise<Result<T>>;
  /** Tell what is wrong with the settings and with the rest at once; else the rest is looked at once the settings are right. */
  readonly tellsAll?: boolean;
  /** Whether the command can do without a token, by what was read. */
  readonly worksWithoutToken?: (input: T) => boolean;
}

/** All of it, or the exit code where something is missing or wrong, which has been told then. */
type Prepared<T> = { readonly access: Access; readonly input: T } | { readonly code: number };

/** Checks all that a command needs, and in this order: the line, files and standard input, the token. Nothing is sent before. */
export async function prepare<T>(needs: Needs<T>, context: Context): Promise<Prepared<T>> {
  const { flags, fromStdin } = needs;
  const { host, stderr } = context;
  const tokenFile = typeof flags.tokenFile === 'string' ? flags.tokenFile : undefined;
  const settings = readSettings(flags, needs.defaults, host);
  if (!settings.ok) return { code: refuse([...settings.reasons, ...(await alsoWrong(needs, host))], flags, context) };
  const [first, second] = [...(tokenFile === '-' ? ['the token'] : []), ...fromStdin];
  if (second !== undefined) {
    const fix = tokenFile === '-' ? 'set EXTRUCT_API_TOKEN' : 'set a file for one of them';
    return { code: refuse([{ what: `standard input cannot hold both ${first} and ${second}`, fix }], flags, context) };
  }
  const { colored, deadline, timeoutMs } = settings.value;
  const warn = (text: string) => writeWarning(stderr, colored.stderr, text);
  const inputs = await beforeDeadline(readInputs(needs, tokenFile, host, warn), deadline, host);
  if (inputs === null) {
    const what = `A file or standard input did not end within ${formatDuration(timeoutMs)} (--timeout)`;
    writeError(stderr, colored.stderr, { what, fix: 'check where it comes from, or set a longer --timeout' }, false);
    return { code: TIMED_OUT };
  }
  if (!inputs.ok) return { code: refuse(inputs.reasons, flags, context) };
  const { input, token } = inputs.value;
  if (token === '' && needs.worksWithoutToken?.(input) !== true) {
    const reason = { what: 'No API token found', fix: 'set EXTRUCT_API_TOKEN, or --token-file to a file that holds it' };
    writeError(stderr, colored.stderr, reason, false);
    return { code: NO_TOKEN };
  }
  return { access: { settings: settings.value, token, gate: createGate(host) }, input };
}

/** So long a file is waited for that is read only to say what is wrong with it as well, in milliseconds. */
const PATIENCE_MS = 1000;

async function alsoWrong<T>({ tellsAll, fromStdin, read }: Needs<T>, host: Host): Promise<readonly Reason[]> {
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
