import { exitCodeOf, processExitCode, signalExitCode, USAGE } from '../core/exit-code.ts';
import { type Outcome, verdictOf } from '../core/outcome.ts';
import { begin } from '../core/progress.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { parseTaskReference } from '../core/task-reference.ts';
import { cut } from '../render/format.ts';
import { writeError } from '../render/messages.ts';
import { connect } from './connect.ts';
import type { Access, Context } from './context.ts';
import { reportOutcomes } from './follow.ts';
import { listenForStop } from './stop.ts';

/** How many of the newest tasks are looked at. */
const RECENT = 20;

/** Room for a query in the list, in columns. */
const QUERY_COLUMNS = 60;

/** What came of the choice: a task's id, or the exit code where there was none. */
type Choice = { readonly id: string } | { readonly code: number };

/** Lets a person at a terminal choose among the tasks that run. The prompt's library is loaded only here. */
export async function pick(access: Access, context: Context): Promise<Choice> {
  const afterwards = { meanwhile: 'the tasks go on running on the server', fix: 'run `extruct-task watch` to choose again' };
  const stop = listenForStop(context, access.settings, afterwards);
  const choice = await choose(access, context, stop.signal);
  const { aborted, reason } = stop.signal;
  stop.release();
  return aborted ? { code: tellStopped(reason as Outcome, access, context) } : choice;
}

async function choose(access: Access, context: Context, signal: AbortSignal): Promise<Choice> {
  const { host, stderr } = context;
  const { colored, verbose } = access.settings;
  const { fetchRecent } = await connect(access, context);
  const recent = await fetchRecent(RECENT, signal);
  if (!recent.ok) {
    if (!signal.aborted) writeError(stderr, colored.stderr, recent.failure, verbose);
    return { code: exitCodeOf({ kind: recent.failure.kind, failure: recent.failure }) };
  }
  // An id goes into a path: one that a user could not have typed is not taken from a server either.
  const running = recent.value.filter((task) => verdictOf(task) === 'running' && parseTaskReference(task.id) === task.id);
  if (running.length === 0) {
    const what = `None of the ${RECENT} newest tasks is running`;
    writeError(stderr, colored.stderr, { what, fix: 'run `extruct-task watch <task>` with the id of another' }, false);
    return { code: USAGE };
  }
  const { select, isCancel } = await import('@clack/prompts');
  const chosen = await select({
    message: 'Which task?',
    input: host.stdin,
    output: host.stderr,
    signal,
    options: running.map((task) => ({ value: task.id, label: labelOf(task) })),
  });
  return isCancel(chosen) ? { code: signalExitCode('SIGINT') } : { id: chosen };
}

/** Says why there was no choice; gives the exit code. */
function tellStopped(outcome: Outcome, access: Access, context: Context): number {
  reportOutcomes([{ ...begin('', 0), outcome }], access, context);
  return processExitCode([outcome], access.settings.exit);
}

function labelOf({ id, query, funnel, target }: TaskSnapshot): string {
  return `${cut(id, QUERY_COLUMNS)}  ${funnel.highFit}/${target}  ${cut(query ?? '', QUERY_COLUMNS)}`;
}
