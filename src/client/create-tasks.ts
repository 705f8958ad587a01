import { createdDeed, resumedDeed } from '../core/deed.ts';
import { systemClock } from '../system-clock.ts';
import { type About, withCall } from './call.ts';
import { checkCall, checkFilter, checkHighFit, checkMore, checkRange, checkTask, checkWatching, type Settings } from './check.ts';
import { createDeeds } from './deeds.ts';
import type { WatchOptions } from './options.ts';
import { taskOf } from './plain.ts';
import { listTasks, readResults } from './read-lists.ts';
import { startWatch } from './start-watch.ts';
import type { Tasks } from './tasks.ts';
import type { TaskRequest } from './types.ts';

/** The tasks of a client's workspace. */
export function createTasks(settings: Settings): Tasks {
  const deeds = createDeeds();
  const aboutOf = (id: string): About => ({ taskId: id, isKnown: deeds.of(id) !== null });
  const watch = (task: string, options: WatchOptions = {}) => {
    const id = checkTask(task);
    return startWatch(id, checkCall(settings, options, true), checkWatching(options), deeds.of(id));
  };
  return {
    watch,
    wait: async (task, options) => watch(task, options).outcome(),
    async create(request, options = {}) {
      const call = checkCall(settings, options);
      const body = await bodyOf(request);
      const task = await withCall(call, {}, (ask) => ask((client, signal) => client.createTask(body, signal)));
      deeds.remember(task.id, createdDeed(task, systemClock.now()));
      return taskOf(task);
    },
    async get(task, options = {}) {
      const id = checkTask(task);
      const call = checkCall(settings, options);
      return taskOf(await withCall(call, aboutOf(id), (ask) => ask((client, signal) => client.fetchTask(id, signal))));
    },
    list: (options = {}) => listTasks(checkCall(settings, options), checkRange(options), checkFilter(options)),
    results(task, options = {}) {
      const id = checkTask(task);
      return readResults(id, checkCall(settings, options), checkRange(options), checkHighFit(options), aboutOf(id));
    },
    async resume(task, more, options = {}) {
      const id = checkTask(task);
      const count = checkMore(more);
      const call = checkCall(settings, options);
      const resumed = await withCall(call, aboutOf(id), (ask) => ask((client, signal) => client.resumeTask(id, count, signal)));
      deeds.remember(resumed.id, resumedDeed(resumed, count, systemClock.now()));
      return taskOf(resumed);
    },
  };
}

/** The request's body. All that is wrong with it is told at once. */
async function bodyOf(request: TaskRequest): Promise<string> {
  const { checkCreateBody } = await import('./create-schema.ts');
  const problems = checkCreateBody(request).map(
    ({ path, wish }) => `${path.map(String).join('.') || 'the request'} has to be ${wish}`,
  );
  if (problems.length > 0) throw new TypeError(problems.join('; '));
  return JSON.stringify(request);
}
