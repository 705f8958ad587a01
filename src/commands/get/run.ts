import { commandOf, reasonOf, scoringWords } from '../../cli/advice.ts';
import type { Call, Context, Ending } from '../../cli/command.ts';
import type { Values } from '../../cli/option.ts';
import { endingOf } from '../../core/exit-code.ts';
import { isSettling, standingOf, verdictOf } from '../../core/outcome.ts';
import { begin, type Progress } from '../../core/progress.ts';
import { LAST } from '../../core/task-reference.ts';
import { jsonObject } from '../../render/json-lines.ts';
import { writeNote } from '../../render/messages.ts';
import { outcomesOf, reportOutcomes } from '../session/report.ts';
import { drawn } from '../session/screen.ts';
import { withSession } from '../session/session.ts';
import type { Access } from '../session/settings.ts';
import { statusWarner } from '../session/status-warning.ts';
import type { Named } from '../tasks/last.ts';
import { withTasks } from '../tasks/open.ts';
import type { options } from './spec.ts';

type GetOptions = typeof options;

/** `get`: asks once for a task, through an outage if need be, and prints the answer. */
export function runGet(call: Call<GetOptions>): Promise<Ending> {
  return withTasks({ command: 'get', most: Number.POSITIVE_INFINITY }, call, async (named, access) => {
    const all = await askForAll(named, call, access);
    for (const progress of all) await print(progress, call.values, access, call.context);
    reportOutcomes(all, access, call.context);
    return endingOf(outcomesOf(all), call.values);
  });
}

async function askForAll({ ids, unknown }: Named, { values, context }: Call<GetOptions>, access: Access): Promise<Progress[]> {
  const fix = `run \`${commandOf(`get ${ids[0] ?? LAST}`, access.settings.way)}\` to ask again`;
  const afterwards = { meanwhile: 'the task goes on running on the server', fix };
  const { clock } = context.host;
  const warnOnce = statusWarner(access, context);
  const asked = await withSession(afterwards, access, context, ({ ask }) =>
    Promise.all(
      ids.map(async (id): Promise<Progress> => {
        const start = begin(id, clock.now(), false);
        const answered = await ask((client, signal) => client.fetchTask(id, signal), id);
        if (!answered.ok) {
          const { outcome } = answered;
          return { ...start, outcome, reason: reasonOf(outcome, { kind: 'task', id }, access.settings.way) };
        }
        const task = answered.value;
        await warnOnce(task);
        return { ...start, task, outcome: standingOf(task, verdictOf(task), values.until) };
      }),
    ),
  );
  return [...unknown, ...asked];
}

async function print(
  progress: Progress,
  { json, quiet, redact }: Values<GetOptions>,
  access: Access,
  context: Context,
): Promise<void> {
  const { host, stdout, stderr } = context;
  const { task } = progress;
  if (json) {
    stdout.write(`${jsonObject(progress, host.clock.wallTime(), host.stdout.isTTY === true, redact)}\n`);
  } else if (task) {
    const { taskTable } = await import('../../render/table.ts');
    stdout.write(await drawn(({ columns, paint }) => taskTable(progress, task, columns, paint), access, context));
  }
  // With one request the user must learn that the result can still change.
  if (!task || !isSettling(task) || quiet) return;
  writeNote(stderr, scoringWords(task, access.settings.way));
}
