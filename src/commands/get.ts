import { processExitCode } from '../core/exit-code.ts';
import { isSettling } from '../core/outcome.ts';
import type { Progress } from '../core/progress.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { LAST } from '../core/task-reference.ts';
import { jsonObject } from '../render/json-lines.ts';
import { writeNote, writeRetry } from '../render/messages.ts';
import { type Renderer, silent } from '../render/renderer.ts';
import type { Access, Context } from './context.ts';
import { follow } from './follow.ts';
import type { Named } from './name.ts';
import { outcomesOf, reportOutcomes } from './report.ts';
import { columnsOf } from './screen.ts';

/** `get`: asks once for a task, through an outage if need be, and prints the answer. Returns the exit code. */
export async function get(named: Named, access: Access, context: Context): Promise<number> {
  const { settings } = access;
  const [id = LAST] = named.ids;
  const afterwards = { meanwhile: 'the task goes on running on the server', fix: `run \`extruct-task get ${id}\` to ask again` };
  const following = { ...named, once: true, deed: null, withResults: false, afterwards };
  const all = await follow(following, access, context, [settings.progress === 'none' ? silent : retryNotes(context)]);
  for (const progress of all) await print(progress, access, context);
  if (settings.progress !== 'none') for (const { task } of all) await noteScoring(task, context);
  reportOutcomes(all, access, context);
  return processExitCode(outcomesOf(all), settings.exit);
}

async function print(progress: Progress, { settings }: Access, { host, stdout }: Context): Promise<void> {
  if (settings.json) {
    stdout.write(`${jsonObject(progress, host.clock.wallTime(), host.stdout.isTTY === true)}\n`);
  } else if (progress.task) {
    const { taskTable } = await import('../render/table.ts');
    const { paintOf } = await import('../render/paint.ts');
    stdout.write(taskTable(progress, progress.task, columnsOf(host.stdout, host.env), paintOf(settings.colored.stdout)));
  }
}

/** Whoever asks once is told that the task has not said its last word. */
async function noteScoring(task: TaskSnapshot | null, { stderr }: Context): Promise<void> {
  if (!task || !isSettling(task)) return;
  const { scoringWords } = await import('../render/words.ts');
  writeNote(stderr, scoringWords(task));
}

/** A line for each retry. */
function retryNotes({ host, stderr }: Context): Renderer {
  return {
    ...silent,
    update({ outage }) {
      if (outage) writeRetry(stderr, outage.failure, outage.attempt, outage.retryAt - host.clock.now());
    },
  };
}
