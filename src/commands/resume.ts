import type { Access, Context } from './context.ts';
import { handOver } from './hand-over.ts';
import type { Named } from './name.ts';
import { endUnknown } from './report.ts';
import { withSession } from './session.ts';

/** How a task is to be resumed. */
export interface ResumeWish {
  /** So many results more than it was asked for. */
  readonly more: number;
  /** Go on to watch it. */
  readonly watch: boolean;
}

/** `resume`: asks for more results. The request is sent once. Returns the exit code. */
export async function resume(
  { ids, unknown }: Named,
  { more, watch }: ResumeWish,
  access: Access,
  context: Context,
): Promise<number> {
  const [id] = ids;
  if (id === undefined) return endUnknown(unknown, access, context);
  const afterwards = {
    unfinished: 'The task had not been resumed',
    meanwhile: 'the task was not resumed',
    fix: 'run the command again',
  };
  return withSession(afterwards, access, context, async ({ ask, signal }) => {
    const resumed = await ask((client, stopped) => client.resumeTask(id, more, stopped));
    return handOver(resumed, { verb: 'Resumed', watch, asked: { kind: 'resume', id } }, signal, access, context);
  });
}
