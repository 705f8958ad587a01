import { type Asked, reasonOf } from '../cli/advice.ts';
import { processExitCode } from '../core/exit-code.ts';
import type { Reason } from '../core/failure.ts';
import type { Outcome } from '../core/outcome.ts';
import { writeError, writeNote } from '../render/messages.ts';
import type { Access, Context } from './context.ts';

/** How the asking for one task ended, if it did, and why, unless the task tells it. */
interface Ending {
  readonly id: string;
  readonly outcome: Outcome | null;
  readonly reason: Reason | null;
}

/** Ends a command that has no answer to what was asked for: says on stderr why. Returns the exit code. */
export function endWith(outcome: Outcome, asked: Asked, access: Access, context: Context): number {
  return endUnknown([{ id: '', outcome, reason: reasonOf(outcome, asked) }], access, context);
}

/** The same for tasks that could not be looked up by the names that the user gave them. */
export function endUnknown(unknown: readonly Ending[], access: Access, context: Context): number {
  reportOutcomes(unknown, access, context);
  return processExitCode(outcomesOf(unknown), access.settings.exit);
}

/** The outcomes of those that have ended. */
export function outcomesOf(all: readonly Ending[]): Outcome[] {
  return all.flatMap(({ outcome }) => outcome ?? []);
}

/** Says on stderr why tasks ended that did not end by themselves: a line for each reason, with the tasks that share it. */
export function reportOutcomes(all: readonly Ending[], { settings }: Access, { stderr }: Context): void {
  const sharing = new Map<string, { outcome: Outcome; reason: Reason; ids: string[] }>();
  for (const { id, outcome, reason } of all) {
    if (!outcome || !reason) continue;
    const group = sharing.get(reason.what) ?? { outcome, reason, ids: [] };
    group.ids.push(id);
    sharing.set(reason.what, group);
  }
  for (const { outcome, reason, ids } of sharing.values()) {
    const named = all.length > 1 ? { ...reason, what: `${namesOf(ids)}: ${reason.what}` } : reason;
    if (outcome.kind === 'interrupted') writeInterruption(outcome, stderr);
    else writeError(stderr, settings.colored.stderr, named, settings.verbose);
  }
}

function namesOf(ids: readonly string[]): string {
  const shown = ids.slice(0, 3);
  return shown.join(', ') + (ids.length > shown.length ? ` and ${ids.length - shown.length} more` : '');
}

function writeInterruption(outcome: Extract<Outcome, { kind: 'interrupted' }>, stderr: Context['stderr']): void {
  // A reader that has gone (`| head`) is told nothing: it ended the pipeline on purpose.
  if (outcome.signal !== 'SIGPIPE') writeNote(stderr, `${outcome.reason.what}; ${outcome.reason.fix}`);
}
