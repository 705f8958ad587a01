import type { Context, Ending } from './cli/command.ts';
import { run } from './cli/run.ts';
import { COMMANDS } from './commands/index.ts';
import { errorCode } from './core/error-code.ts';
import { UNEXPECTED } from './core/exit-code.ts';
import type { Reason } from './core/failure.ts';
import { createSecrets } from './core/redact.ts';
import type { Host } from './host.ts';
import { placeOf } from './place.ts';
import { forScreen, hasUnicode } from './render/environment.ts';
import { writeError } from './render/messages.ts';
import type { Output } from './render/renderer.ts';
import { openWriter } from './writer.ts';

/** The executable has one file to load. */
export { endProcess, onCrash, processHost } from './host.ts';
export { heedHangup } from './signals.ts';

/** How long a reader of stdout may take after a signal, in milliseconds: the program has a second to end. */
const LAST_WORDS_MS = 500;

/** The whole program, with its own commands unless a test gives others. Returns how it ends once everything written has been taken. The only place that catches. */
export async function main(host: Host, commands = COMMANDS): Promise<Ending> {
  const { add, redact, redactPasted } = createSecrets();
  const unicode = !host.argv.includes('--ascii') && hasUnicode(host.env);
  const stderr = openWriter(host.stderr, (text) => forScreen(redact(text), { unicode }));
  const context: Context = { host, stdout: openWriter(host.stdout, redact), stderr, hide: add, redact: redactPasted };
  const readyHelp = async () => (await import('./ready-help.ts')).mainHelp;
  const ending = await run(context, commands, readyHelp).catch((error: unknown) => {
    tellBug(error, context.stderr);
    return UNEXPECTED;
  });
  await flush(ending, context);
  // Ctrl-C often takes the reader of the output along; what counts is the signal.
  return wasStopped(ending) ? ending : (endingOfBrokenOutput(context) ?? ending);
}

async function flush(ending: Ending, { host, stdout, stderr }: Context): Promise<void> {
  const written = Promise.all([stdout.flushed(), stderr.flushed()]);
  if (!wasStopped(ending)) return void (await written);
  const over = new AbortController();
  await Promise.race([written, host.clock.sleep(LAST_WORDS_MS, over.signal)]);
  over.abort();
}

function wasStopped(ending: Ending): boolean {
  return typeof ending === 'string' && ending !== 'SIGPIPE';
}

/** A reader that has gone ends the program quietly, as SIGPIPE would; a full disk does not. */
function endingOfBrokenOutput({ stdout, stderr }: Context): Ending | null {
  if (!stdout.broken.aborted) return null;
  const { code } = stdout.broken.reason as NodeJS.ErrnoException;
  if (code === 'EPIPE') return 'SIGPIPE';
  const reason = { what: `The output could not be written (${code})`, fix: 'check the disk or the program that reads it' };
  writeError(stderr, false, reason, false);
  return UNEXPECTED;
}

/** What a machine may refuse at any time: no bug. */
const REFUSED: Readonly<Record<string, Reason>> = {
  EMFILE: { what: 'This process may open too few files (EMFILE)', fix: 'run `ulimit -n 256`, and the command again' },
  ENFILE: { what: 'This machine has too many open files (ENFILE)', fix: 'close other programs, and run the command again' },
  ENOSPC: { what: 'The disk is full (ENOSPC)', fix: 'free some space, and run the command again' },
  ENOMEM: { what: 'This machine has too little memory left (ENOMEM)', fix: 'close other programs, and run the command again' },
};

/** Tells in one line what nobody expected to be thrown. */
export function tellBug(error: unknown, stderr: Output): void {
  writeError(stderr, false, REFUSED[errorCode(error)] ?? bugOf(error), false);
}

/**
 * A bug, so that it can be reported as it is: what was thrown, and where. Without a stack, which may hold anything and helps no user; of
 * the message only the first line is shown.
 */
function bugOf(error: unknown): Reason {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const place = error instanceof Error ? placeOf(error) : undefined;
  const what = `${message.split('\n')[0]?.slice(0, 200)}${place === undefined ? '' : `, at ${place}`}`;
  return {
    what: `extruct-task itself failed, which is a bug (${what})`,
    fix: 'run it again with --verbose, and report this line and what it prints then',
  };
}
