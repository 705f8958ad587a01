import { commandOf, nextCommand } from '../../cli/advice.ts';
import type { Context } from '../../cli/command.ts';
import { endedWell } from '../../core/exit-code.ts';
import type { Progress } from '../../core/progress.ts';
import { columnsOf } from '../session/screen.ts';
import type { Afterwards } from '../session/stop.ts';
import { commandFor, MOST_NAMED } from './left.ts';
import type { WatchAccess } from './settings.ts';

/** Whether the watch ends with a line for the person at the terminal; a reader of stdout that has gone has ended it on purpose. */
export function tellsEnd(all: readonly Progress[], { settings }: WatchAccess, { host }: Context): boolean {
  const isCut = all.some(({ outcome }) => outcome?.kind === 'interrupted' && outcome.signal === 'SIGPIPE');
  return host.stderr.isTTY === true && settings.progress !== 'none' && !isCut;
}

/** Writes how the watch ended, and the command to go on with, if there is one. */
export async function writeEnd(
  all: readonly Progress[],
  command: string,
  afterwards: Afterwards,
  access: WatchAccess,
  { host, stderr }: Context,
): Promise<void> {
  const { endLine } = await import('../../render/end-line.ts');
  const { paintOf } = await import('../../render/paint.ts');
  const { settings } = access;
  const left = all.filter(canGoOn).length;
  const some = left === 1 ? 'the unfinished one' : `the unfinished ${left}`;
  const who = all.length === 1 ? 'it' : left === all.length ? 'they' : some;
  const goesOn = `${who} ${left === 1 ? 'goes' : 'go'} on running on the server`;
  const end = {
    command,
    meanwhile: afterwards.isGone ? afterwards.meanwhile : goesOn,
    columns: columnsOf(host.stderr, host.env),
    unicode: settings.unicode,
    isSpoken: settings.progress === 'spoken',
    now: host.clock.now(),
    startedAt: host.startedAt,
  };
  stderr.write(endLine(all, end, paintOf(settings.colored.stderr)));
}

/** The same tasks, where the last line names the command to go on with: an error of --timeout need not name another then. */
export function withoutCommand(progress: Progress): Progress {
  const { outcome, reason } = progress;
  const isOver = outcome?.kind === 'timed_out' && 'reason' in outcome;
  return isOver && reason ? { ...progress, reason: { ...reason, fix: 'set a longer --timeout' } } : progress;
}

/** The command to go on with; empty if there is none. */
export function commandAfter(all: readonly Progress[], afterwards: Afterwards, access: WatchAccess): string {
  if (afterwards.isGone) return '';
  const { settings } = access;
  const [only] = all;
  const ids = all.map(({ id }) => id);
  const left = all.filter(canGoOn).map(({ id }) => id);
  if (left.length > 0) return (left.length <= MOST_NAMED && commandFor(left, ids, access, afterwards)) || '';
  const next = only && all.length === 1 ? nextCommand(only, settings.way) : '';
  const areShown = settings.printsResults || settings.file !== null;
  if (next !== '' || areShown || !all.every(({ outcome }) => outcome && endedWell(outcome))) return next;
  return afterwards.results ?? (ids.length <= MOST_NAMED ? commandOf(`results ${ids.join(' ')}`, settings.way) : '');
}

/** Whether the task may still be running. */
function canGoOn({ outcome }: Progress): boolean {
  return outcome !== null && ['interrupted', 'timed_out', 'running', 'stalled', 'unreachable'].includes(outcome.kind);
}
