import { type Asked, reasonOf } from '../../cli/advice.ts';
import type { Context, Ending } from '../../cli/command.ts';
import { tellOfErrors } from '../../cli/workflow.ts';
import { endingOf, STRICT } from '../../core/exit-code.ts';
import type { Reason } from '../../core/failure.ts';
import type { Outcome } from '../../core/outcome.ts';
import { writeError, writeNote } from '../../render/messages.ts';
import type { Access } from './settings.ts';

/** How a task's watch or request ended, if it did, and why, unless the task itself gives the reason. */
interface Ended {
  readonly id: string;
  readonly outcome: Outcome | null;
  readonly reason: Reason | null;
}

/** Ends a command that got no answer, and says why on stderr. */
export function endWith(outcome: Outcome, asked: Asked, access: Access, context: Context): Promise<Ending> {
  return endUnknown([{ id: '', outcome, reason: reasonOf(outcome, asked, access.settings.way) }], access, context);
}

/** The same for tasks that could not be looked up by the names that the user gave them. */
export async function endUnknown(unknown: readonly Ended[], access: Access, context: Context): Promise<Ending> {
  reportOutcomes(unknown, access, context);
  const ending = endingOf(outcomesOf(unknown), STRICT);
  const reasons = unknown.flatMap(({ reason }) => reason ?? []);
  await tellOfErrors(reasons, outcomesOf(unknown)[0], ending, context);
  return ending;
}

/** The outcomes of those that have ended. */
export function outcomesOf(all: readonly Ended[]): Outcome[] {
  return all.flatMap(({ outcome }) => outcome ?? []);
}

/**
 * Says on stderr why tasks ended that did not end by themselves: a line for each reason, with the tasks that share it. `tellsStop` is
 * false where something else says that a signal has stopped it.
 */
export function reportOutcomes(all: readonly Ended[], { settings }: Access, { stderr }: Context, tellsStop = true): void {
  const sharing = new Map<string, { outcome: Outcome; reason: Reason; ids: string[] }>();
  for (const { id, outcome, reason } of all) {
    if (!outcome || !reason) continue;
    const group = sharing.get(reason.what) ?? { outcome, reason, ids: [] };
    group.ids.push(id);
    sharing.set(reason.what, group);
  }
  for (const { outcome, reason, ids } of sharing.values()) {
    const named = all.length > 1 ? { ...reason, what: `${namesOf(ids)}: ${reason.what}` } : reason;
    if (outcome.kind === 'interrupted') {
      if (tellsStop) writeInterruption(outcome, stderr);
    } else writeError(stderr, settings.colored.stderr, named, settings.verbose);
  }
}

function namesOf(ids: readonly string[]): string {
  const shown = ids.slice(0, 3);
  return shown.join(', ') + (ids.length > shown.length ? ` and ${ids.length - shown.length} more` : '');
}

function writeInterruption(outcome: Extract<Outcome, { kind: 'interrupted' }>, stderr: Context['stderr']): void {
  // A closed pipe (`| head`) is not reported: the reader ended the pipeline on purpose.
  if (outcome.signal !== 'SIGPIPE') writeNote(stderr, `${outcome.reason.what}; ${outcome.reason.fix}`);
}
