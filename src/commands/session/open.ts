import type { Call, Context, Ending } from '../../cli/command.ts';
import { beforeDeadline, PATIENCE_MS } from '../../cli/deadline.ts';
import { refuse } from '../../cli/refuse.ts';
import { tellOfErrors } from '../../cli/workflow.ts';
import { formatDuration } from '../../core/duration.ts';
import { NO_TOKEN, TIMED_OUT } from '../../core/exit-code.ts';
import type { Reason } from '../../core/failure.ts';
import { createGate } from '../../core/gate.ts';
import { type Result, reasonsOf } from '../../core/usage.ts';
import type { Host } from '../../host.ts';
import { writeError, writeWarning } from '../../render/messages.ts';
import type { CompaniesFile } from '../options/companies-file.ts';
import { type Access, type AccessOptions, readSettings } from './settings.ts';
import { NO_TOKEN_REASON, readToken } from './token.ts';

/** What a command needs besides its settings and the token. */
interface Needs<T> {
  /** What the command reads from standard input, in words. It can be only one thing. */
  readonly fromStdin: readonly string[];
  /** Reads the rest of what the user gave. */
  read(): Promise<Result<T>>;
  /** Report errors in the settings and in the rest together; otherwise the rest is read only when the settings are right. */
  readonly tellsAll?: boolean;
  /** A file that the command is to write in the end. */
  readonly file?: CompaniesFile | null;
  /** Whether the command works without a token, given what was read. */
  readonly worksWithoutToken?: (input: T) => boolean;
}

/** Everything that was read, or how the program ends if something is missing or wrong; the error was written then. */
type Opened<T> = { readonly access: Access; readonly input: T } | { readonly ending: Ending };

/**
 * Checks everything a command needs before anything is sent: first the command line, then files and standard input, then the
 * token.
 */
export async function open<T>({ values, context }: Call<AccessOptions>, needs: Needs<T>): Promise<Opened<T>> {
  const { host, stderr } = context;
  const tokenFile = values.tokenFile ?? undefined;
  const settings = readSettings(values, host);
  const refuseAll = async (reasons: readonly Reason[]) => ({ ending: await refuse(reasons, context) });
  const unwritable = await troubleWithFile(needs);
  if (!settings.ok || unwritable.length > 0) {
    return refuseAll([...reasonsOf(settings), ...unwritable, ...(await alsoWrong(needs, host))]);
  }
  const [first, second] = [...(tokenFile === '-' ? ['the token'] : []), ...needs.fromStdin];
  if (second !== undefined) {
    const fix = tokenFile === '-' ? 'set EXTRUCT_API_TOKEN' : 'set a file for one of them';
    return refuseAll([{ what: `standard input cannot provide both ${first} and ${second}`, fix }]);
  }
  const { colored, deadline, timeoutMs } = settings.value;
  const warn = (text: string) => writeWarning(stderr, colored.stderr, text);
  const inputs = await beforeDeadline(readInputs(needs, tokenFile, host, warn), deadline, host);
  if (inputs === null) {
    const what = `A file or standard input did not end within ${formatDuration(timeoutMs)} (--timeout)`;
    return fail({ what, fix: 'check the file or the pipe, or set a longer --timeout' }, TIMED_OUT, colored.stderr, context);
  }
  if (!inputs.ok) return refuseAll(inputs.reasons);
  const { input, token } = inputs.value;
  context.hide(token);
  if (token === '' && needs.worksWithoutToken?.(input) !== true) {
    return fail(NO_TOKEN_REASON, NO_TOKEN, colored.stderr, context);
  }
  return { access: { settings: settings.value, token, gate: createGate(host) }, input };
}

async function fail(reason: Reason, code: number, isColored: boolean, context: Context): Promise<{ ending: Ending }> {
  writeError(context.stderr, isColored, reason, false);
  await tellOfErrors([reason], undefined, code, context);
  return { ending: code };
}

/** The errors in the rest of the input, if the command wants them and they can be found. */
export async function alsoWrong<T>({ tellsAll, fromStdin, read }: Needs<T>, host: Host): Promise<readonly Reason[]> {
  if (!tellsAll || fromStdin.length > 0) return [];
  const input = await beforeDeadline(read(), host.clock.now() + PATIENCE_MS, host);
  return input === null ? [] : reasonsOf(input);
}

async function troubleWithFile<T>({ file }: Needs<T>): Promise<readonly Reason[]> {
  if (!file) return [];
  const { troubleWith } = await import('../companies/save.ts');
  return troubleWith(file);
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
