import type { Context } from '../../cli/command.ts';
import { type Ask, createAsk } from '../../client/ask.ts';
import type { Client } from '../../client/client.ts';
import type { Failure } from '../../core/failure.ts';
import type { RetryingEvent } from '../../core/poll-event.ts';
import { writeRetry } from '../../render/messages.ts';
import type { StatusLine } from '../../render/status-line.ts';
import { connect } from './connect.ts';
import { isCi } from './screen.ts';
import type { Access } from './settings.ts';
import { type Afterwards, listenForStop } from './stop.ts';

/** A command's dealings with the API. */
export interface Session {
  readonly ask: Ask;
  /** Aborts when the command is to stop; the reason is its outcome. */
  readonly signal: AbortSignal;
  /** Says how far a long reading is, in ASCII: on a terminal, until the next thing is written. */
  tell(text: string): void;
}

/**
 * Resolves when the session's signal reflects everything that has happened by now. A system signal is handled after the answer that
 * it came with; a caller that continues and stops listening would miss it.
 */
export function signalsHeard(): Promise<void> {
  // The first turn may be the one that the answer came in.
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

/** Gives `use` a session, which ends with it. */
export async function withSession<T>(
  afterwards: Afterwards,
  access: Access,
  context: Context,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const status = statusOf(access, context);
  const client = await connect(access, context);
  const { signal, release } = listenForStop(context, access.settings, () => afterwards);
  try {
    return await use({ ask: askOf(client, signal, access, context), signal, tell: status.tell });
  } finally {
    await status.clear().finally(release);
  }
}

/** Says how far a command is where somebody sees it change; elsewhere it says nothing. What draws it is loaded with the first word. */
function statusOf({ settings }: Access, { host }: Context) {
  const { env, stderr } = host;
  // Asked with the first word: on some systems it takes a process to know who is in front.
  const canShow = () => stderr.isTTY === true && !settings.quiet && env.TERM !== 'dumb' && !isCi(env) && host.isForeground();
  let isLive: boolean | undefined;
  let opening: Promise<StatusLine> | undefined;
  return {
    tell(text: string) {
      isLive ??= canShow();
      if (!isLive) return;
      opening ??= import('../../render/status-line.ts').then(({ statusLine }) => statusLine(stderr));
      void opening.then((line) => line.show(text));
    },
    clear: async () => (await opening)?.clear(),
  };
}

/**
 * Asks a client as the settings say, until `signal` aborts; each retry is reported on stderr. `wasAnswered`: the client has had a
 * good answer before.
 */
export function askOf(
  client: Client,
  signal: AbortSignal,
  { settings, gate }: Access,
  { host, stderr }: Context,
  wasAnswered = false,
): Ask {
  const { clock, random } = host;
  const onRetry = ({ failure, attempt, delayMs }: RetryingEvent<Failure>) => {
    if (!settings.quiet) writeRetry(stderr, failure, attempt, delayMs);
  };
  return createAsk(client, settings, { clock, random, gate, signal }, onRetry, wasAnswered);
}
