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
  /** Whether the task is gone with the command, as in the demo. */
  readonly isGone?: boolean;
}

/** Listens for a signal, the end of `--timeout` and the loss of stdout. */
export function listenForStop(context: Context, { timeoutMs, deadline }: Settings, afterwards: Afterwards): Stop {
  const { unfinished = 'The task did not end', meanwhile, fix } = afterwards;
  const { clock } = context.host;
  const stop = new AbortController();
  const over = new AbortController();
  // The sleep and the request of every task listen to this signal, so many listeners are not a leak.
  setMaxListeners(0, stop.signal);
  const end = (outcome: Outcome) => stop.abort(outcome);

  const removeListener = context.host.onStop((signal) => {
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
    const what = `${unfinished} within ${formatDuration(timeoutMs)} (--timeout)`;
    void clock.sleep(deadline - clock.now(), over.signal).then(() => {
      if (!over.signal.aborted) end({ kind: 'timed_out', reason: { what, fix: `${fix}, or set a longer --timeout` } });
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
 * How a user continues after a stop: with the same command, written out if it is short. `options` are those of `watch`, as they were
 * given.
 */
export function afterWatch(ids: readonly string[], { way }: Pick<Settings, 'way'>, options: string): Afterwards {
  const [tasks, them] = ids.length > 1 ? ['the tasks go', 'them'] : ['the task goes', 'it'];
  const unfinished = ids.length > 1 ? { unfinished: 'Not ended' } : {};
  const goOn = (left: readonly string[]) => commandOf(`watch ${left.join(' ')}`, options);
  const command = ids.length > 3 ? 'the same command' : `\`${goOn(ids)}\``;
  const results = ids.length === 1 ? { results: commandOf(`results ${ids[0]}`, way) } : {};
  return {
    goOn,
    meanwhile: `${tasks} on running on the server`,
    fix: `run ${command} to watch ${them} again`,
    ...unfinished,
    ...results,
  };
}
