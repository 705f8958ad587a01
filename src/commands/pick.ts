import { exitCodeOf, signalExitCode, USAGE } from '../core/exit-code.ts';
import { verdictOf } from '../core/outcome.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { cut } from '../render/format.ts';
import { writeError } from '../render/messages.ts';
import { connect } from './connect.ts';
import type { Access, Context } from './context.ts';
import { listenForStop } from './stop.ts';

/** How many of the newest tasks are looked at. */
const RECENT = 20;

/** Room for a query in the list, in columns. */
const QUERY_COLUMNS = 60;

/** What came of the choice: a task's id, or the exit code where there was none. */
type Choice = { readonly id: string } | { readonly code: number };

/** Lets a person at a terminal choose among the tasks that run. The prompt's library is loaded only here. */
export async function pick(access: Access, context: Context): Promise<Choice> {
  const { host, stderr } = context;
  const { colored } = access.settings;
  const { fetchRecent } = await connect(access, context);
  const afterwards = { meanwhile: 'the tasks go on running on the server', fix: 'run `extruct-task watch` to choose again' };
  const stop = listenForStop(context, access.settings, afterwards);
  const recent = await fetchRecent(RECENT, stop.signal);
  stop.release();
  if (!recent.ok) {
    writeError(stderr, colored.stderr, recent.failure, access.settings.verbose);
    return { code: exitCodeOf({ kind: recent.failure.kind, failure: recent.failure }) };
  }
  const running = recent.value.filter((task) => verdictOf(task) === 'running');
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
    options: running.map((task) => ({ value: task.id, label: labelOf(task) })),
  });
  return isCancel(chosen) ? { code: signalExitCode('SIGINT') } : { id: chosen };
}

function labelOf({ id, query, funnel, target }: TaskSnapshot): string {
  return `${cut(id, QUERY_COLUMNS)}  ${funnel.highFit}/${target}  ${cut(query ?? '', QUERY_COLUMNS)}`;
}
