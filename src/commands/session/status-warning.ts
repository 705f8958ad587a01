import type { Context } from '../../cli/command.ts';
import { isKnownStatus, type TaskSnapshot } from '../../core/task.ts';
import { writeWarning } from '../../render/messages.ts';
import type { Access } from './settings.ts';

/** Warns of each status that the endpoint's page does not list, once. */
export function statusWarner({ settings }: Access, { stderr }: Context): (task: TaskSnapshot) => Promise<void> {
  const given = new Set<string>();
  return async ({ status }) => {
    if (isKnownStatus(status) || given.has(status)) return;
    given.add(status);
    // What measures text is loaded only to show some.
    const { statusWarning } = await import('../../render/words.ts');
    writeWarning(stderr, settings.colored.stderr, statusWarning(status));
  };
}
