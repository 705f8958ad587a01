import { reasonOf } from '../../cli/advice.ts';
import type { Context } from '../../cli/command.ts';
import type { Outcome } from '../../core/outcome.ts';
import { begin, type Progress } from '../../core/progress.ts';
import { isTaskId, LAST } from '../../core/task-reference.ts';
import { signalsHeard, withSession } from '../session/session.ts';
import type { Access } from '../session/settings.ts';
import { NO_TASKS } from './terms.ts';

/** The tasks of a command: their IDs, and what happened to a name that could not be looked up. */
export interface Named {
  readonly ids: readonly string[];
  readonly unknown: readonly Progress[];
}

/** Why a name could not be looked up. */
type Unknown = Pick<Progress, 'outcome' | 'reason'>;

const NO_NEWEST: Unknown = {
  outcome: { kind: 'not_found', failure: { kind: 'not_found', problem: 'missing', transient: false, what: NO_TASKS } },
  reason: { what: NO_TASKS, fix: 'run `extruct-task create <query>` to start one' },
};

/** Looks up `@last`, which is among the names. A task that is given twice counts once. */
export async function nameTasks(names: readonly string[], access: Access, context: Context): Promise<Named> {
  const last = await findLast(access, context);
  if (typeof last === 'string') return { ids: [...new Set(names.map((name) => (name === LAST ? last : name)))], unknown: [] };
  const hasOutcome = (id: string): Progress => ({ ...begin(id, context.host.clock.now()), ...last });
  // A user who stops the program means all tasks.
  if (last.outcome?.kind === 'interrupted') return { ids: [], unknown: names.map(hasOutcome) };
  return { ids: names.filter((name) => name !== LAST), unknown: [hasOutcome(LAST)] };
}

/** The newest task's ID, or why it is unknown. */
async function findLast(access: Access, context: Context): Promise<string | Unknown> {
  const afterwards = {
    unfinished: 'The newest task was not found',
    meanwhile: 'the tasks go on running on the server',
    fix: 'run the command again',
  };
  return withSession(afterwards, access, context, async ({ ask, signal }) => {
    const newest = await ask((client, stopped) => client.fetchTasks({ offset: 0, limit: 1 }, stopped));
    if (!newest.ok) return unknown(newest.outcome, access);
    await signalsHeard();
    if (signal.aborted) return unknown(signal.reason as Outcome, access);
    const id = newest.value.items[0]?.id ?? '';
    return isTaskId(id) ? id : NO_NEWEST;
  });
}

function unknown(outcome: Outcome, { settings: { way } }: Access): Unknown {
  return { outcome, reason: reasonOf(outcome, { kind: 'list' }, way) };
}
