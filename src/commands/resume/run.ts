import type { Call, Ending } from '../../cli/command.ts';
import { refuse } from '../../cli/refuse.ts';
import { lackOfWatch, toOpen } from '../options/starting.ts';
import { endUnknown } from '../session/report.ts';
import { withSession } from '../session/session.ts';
import { handOver } from '../tasks/hand-over.ts';
import { withTasks } from '../tasks/open.ts';
import { options as watchOptions } from '../watch/spec.ts';
import type { options } from './spec.ts';

const AFTERWARDS = {
  unfinished: 'The task was not resumed',
  meanwhile: 'the task was not resumed',
  fix: 'run the command again',
};

/** `resume`: asks for more results. The request is sent once. */
export async function runResume(call: Call<typeof options>): Promise<Ending> {
  const { values, context } = call;
  const lacking = lackOfWatch(call);
  if (lacking.length > 0) return refuse(lacking, context);
  return withTasks({ command: 'resume', most: 1, file: values.output }, toOpen(call), async ({ ids, unknown }, access) => {
    const [id] = ids;
    if (id === undefined) return endUnknown(unknown, access, context);
    return withSession(AFTERWARDS, access, context, async ({ ask, signal }) => {
      const resumed = await ask((client, stopped) => client.resumeTask(id, values.more, stopped));
      return handOver(
        resumed,
        { verb: 'Resumed', values, options: call.asGiven(watchOptions), asked: { kind: 'resume', id, more: values.more } },
        signal,
        access,
        context,
      );
    });
  });
}
