import { setMaxListeners } from 'node:events';
import { commandOf } from '../../cli/advice.ts';
import type { Context } from '../../cli/command.ts';
import { formatDuration } from '../../core/duration.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Settings } from './settings.ts';

/** What ends a command from outside. The signal's reason is the outcome of every task that has not ended yet. */
interface Stop {
  readonly signal: AbortSignal;
  /** Ends the command with this outcome for whatever has not ended. */
  end(outcome: Outcome): void;
  /** Stops listening; the command is over. */
  release(): void;
}

/** How a user continues after a stop. */
export interface Afterwards {
  /** What was not reached when `--timeout` was over, without a full stop. */
  readonly unfinished?: string;
  /** What happens to the task meanwhile: a sentence without a full stop. */
  readonly meanwhile: string;
  /** What to do; starts with a verb. */
  readonly fix: string;
  /** The command that prints what the task found, if the user can run one later. */
  readonly results?: string;
  /** The command that goes on with tasks which `--for` has left. */
  goOn?(ids: readonly string[]): string;
  /** The same for those of several tasks that are left; the command names `named`. */
  of?(left: readonly string[], named: readonly string[]): Afterwards;
  /** Whether the task is gone with the command, as in the demo. */
  readonly isGone?: boolean;
}

/** Listens for a signal, the end of `--timeout` and the loss of stdout. `afterwards` is asked when one of the first two comes. */
export function listenForStop(context: Context, { timeoutMs, deadline }: Settings, afterwards: () => Afterwards): Stop {
  const { clock } = context.host;
  const stop = new AbortController();
  const over = new AbortController();
  // The sleep and the request of every task listen to this signal, so many listeners are not a leak.
  setMaxListeners(0, stop.signal);
  const end = (outcome: Outcome) => stop.abort(outcome);

  const removeListener = context.host.onStop((signal) => {
    const { meanwhile, fix } = afterwards();
    end({
      kind: 'interrupted',
      signal,
      reason: { what: `Stopped: ${meanwhile}`, fix },
    });
  });
  const { broken } = context.stdout;
  const onBroken = () =>
    end({ kind: 'interrupted', signal: 'SIGPIPE', reason: { what: 'Output pipe closed', fix: 'run the command again' } });
  broken.addEventListener('abort', onBroken, { once: true });
  if (broken.aborted) onBroken();
  if (timeoutMs < Number.POSITIVE_INFINITY) {
    void clock.sleep(deadline - clock.now(), over.signal).then(() => {
      if (over.signal.aborted) return;
      const { unfinished = 'The task did not end', fix } = afterwards();
      const what = `${unfinished} within ${formatDuration(timeoutMs)} (--timeout)`;
      end({ kind: 'timed_out', reason: { what, fix: `${fix}, or set a longer --timeout` } });
    });
  }
  return {
    signal: stop.signal,
    end,
    release() {
      removeListener();
      broken.removeEventListener('abort', onBroken);
      over.abort();
      // Nothing may continue after the command has ended, even because of a bug.
      end({ kind: 'running' });
    },
  };
}

/**
 * How a user continues after a stop: with the same command, written out if it is short, for the tasks that it is to name. `options` are
 * those of `watch`, as they were given.
 */
export function afterWatch(
  ids: readonly string[],
  settings: Pick<Settings, 'way'>,
  options: string,
  named: readonly string[] = ids,
): Afterwards {
  const goOn = (left: readonly string[]) => commandOf(`watch ${left.join(' ')}`, options);
  const command = named.length > 3 ? 'the same command' : `\`${goOn(named)}\``;
  return {
    goOn,
    of: (left, toName) => afterWatch(left, settings, options, toName),
    meanwhile: `${ids.length > 1 ? 'the tasks go' : 'the task goes'} on running on the server`,
    fix: `run ${command} to watch ${named.length > 1 ? 'them' : 'it'} again`,
    ...(ids.length > 1 && { unfinished: 'Not ended' }),
    ...(ids.length === 1 && { results: commandOf(`results ${ids[0]}`, settings.way) }),
  };
}
