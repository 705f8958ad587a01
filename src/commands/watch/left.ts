import type { Context } from '../../cli/command.ts';
import { formatDuration } from '../../core/duration.ts';
import type { Progress } from '../../core/progress.ts';
import { writeNote } from '../../render/messages.ts';
import type { Afterwards } from '../session/stop.ts';
import type { WatchAccess } from './settings.ts';

/*
 * Tasks that a watch has left, because `--for` was over before they ended.
 */

/** With more tasks a command is too long to be read. */
export const MOST_NAMED = 20;

function isLeft({ outcome }: Progress): boolean {
  return outcome !== null && 'lookedMs' in outcome;
}

/**
 * The command that goes on with those `left` of a watch of `ids`; null if there are none, or they cannot be gone on with. A file of
 * companies is written anew, so that all of them are named for it.
 */
export function commandFor(
  left: readonly string[],
  ids: readonly string[],
  { settings }: WatchAccess,
  { goOn }: Afterwards,
): string | null {
  return left.length > 0 && goOn ? goOn(settings.file === null ? left : ids) : null;
}

/** The same for those of `tasks` that `--for` has left. */
export function nextOf(
  tasks: readonly Progress[],
  ids: readonly string[],
  access: WatchAccess,
  afterwards: Afterwards,
): string | null {
  return commandFor(
    tasks.filter(isLeft).map(({ id }) => id),
    ids,
    access,
    afterwards,
  );
}

/** Says what happens to the tasks that were left, and how to go on with them. */
export function tellLeft(all: readonly Progress[], access: WatchAccess, afterwards: Afterwards, { stderr }: Context): void {
  const left = all.filter(isLeft);
  if (left.length === 0 || access.settings.quiet) return;
  const ids = all.map(({ id }) => id);
  const command = left.length > MOST_NAMED ? null : nextOf(left, ids, access, afterwards);
  const same = afterwards.isGone ? afterwards.fix : 'run the same command to go on';
  const next = command === null ? same : `run \`${command}\` to go on`;
  const looked = formatDuration(access.settings.lookMs);
  const leftIds = left.map(({ id }) => id);
  const { meanwhile } = afterwards.of?.(leftIds, leftIds) ?? afterwards;
  writeNote(stderr, `Not ended within ${looked} (--for): ${meanwhile}; ${next}`);
}
