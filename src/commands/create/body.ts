import { commandOf } from '../../cli/advice.ts';
import type { Context, Ending } from '../../cli/command.ts';
import { refuse } from '../../cli/refuse.ts';
import { UNEXPECTED } from '../../core/exit-code.ts';
import { writeError } from '../../render/messages.ts';
import { endUnknown, endWith } from '../session/report.ts';
import { withSession } from '../session/session.ts';
import type { Access } from '../session/settings.ts';
import { lookUp } from '../tasks/open.ts';
import { type Creation, createBody, refuseTaken } from './creation.ts';

/** How to go on when a task that the request needs was not found. */
export const AFTERWARDS = {
  unfinished: 'The task was not created',
  meanwhile: 'no task was created',
  fix: 'run the command again',
};

/** The request's body once the tasks that it names are looked up; or how the program ends, with the error written. */
export async function completeBody(
  input: Creation,
  access: Access,
  context: Context,
): Promise<{ readonly body: string } | { readonly ending: Ending }> {
  const excluded = await lookUp(input.excluded, access, context);
  if (excluded.unknown.length > 0) return { ending: await endUnknown(excluded.unknown, access, context) };
  if (input.like === null) return { body: createBody(input, {}, excluded.ids) };
  const { ids, unknown } = await lookUp([input.like], access, context);
  const [id] = ids;
  if (id === undefined) return { ending: await endUnknown(unknown, access, context) };
  const asked = await withSession(AFTERWARDS, access, context, ({ ask }) =>
    ask((client, signal) => client.fetchTask(id, signal)),
  );
  if (!asked.ok) return { ending: await endWith(asked.outcome, { kind: 'task', id }, access, context) };
  const { bodyLike } = await import('./like.ts');
  const earlier = bodyLike(asked.value);
  const whole: { readonly query?: unknown } = { ...earlier, ...(typeof input.body === 'object' ? input.body : {}) };
  if (whole.query === undefined) {
    const reason = {
      what: `Task ${id} has no query`,
      fix: `set one: \`${commandOf(`create '<query>' --like ${id}`, access.settings.way)}\``,
    };
    writeError(context.stderr, access.settings.colored.stderr, reason, false);
    return { ending: UNEXPECTED };
  }
  const reasons = refuseTaken(whole, id);
  return reasons.length > 0 ? { ending: await refuse(reasons, context) } : { body: createBody(input, earlier, excluded.ids) };
}
