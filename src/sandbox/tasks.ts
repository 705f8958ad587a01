import { FULL_BUCKET, takeToken } from './bucket.ts';
import { PLANS, type Plan } from './plans.ts';
import { playRecording, type Recording } from './recording.ts';
import { type Pace, type RunningTask, startTask } from './running-task.ts';
import { type Order, playScenario, SCENARIO_NAMES, type Scenario, type ScenarioName, scenarioOf } from './scenario.ts';

/** The tasks of a sandbox. */
export interface Tasks {
  /** The task with this ID, whose time runs from when it was first asked for; undefined if no scenario has this ID. */
  find(id: string): RunningTask | undefined;
  /** Those that were recorded, asked for or created, newest first, then one of each scenario, so that there is something to choose from. */
  list(): RunningTask[];
  /** Starts a task that goes as its query says; `unpaid` where the account has no credits for it. */
  create(order: Order): RunningTask | 'unpaid';
}

/** A sandbox's tasks, those of the recordings among them. None of them is running yet. */
export function createTasks(pace: Pace, recordings: readonly Recording[] = []): Tasks {
  const recorded = new Map(recordings.map((one) => [one.id, playRecording(one, pace)]));
  const openedAt = new Date();
  const wanted = new Map<string, RunningTask>();
  const samples = new Map<string, RunningTask>();
  const known = (id: string) => recorded.get(id) ?? wanted.get(id) ?? samples.get(id);
  let bucket = FULL_BUCKET;
  const takesToken = () => {
    const left = takeToken(bucket, pace.now());
    bucket = left ?? bucket;
    return left !== undefined;
  };
  const start = (id: string, scenario: Scenario, among: Map<string, RunningTask>) => {
    const task = startTask(scenario, pace, takesToken);
    among.set(id, task);
    return task;
  };
  let created = 0;
  return {
    find(id) {
      const task = known(id);
      if (task) return task;
      const scenario = scenarioOf(id, new Date());
      return scenario && start(id, scenario, wanted);
    },
    list() {
      // They count as old as the sandbox, so that what somebody has created stands before them.
      for (const name of SCENARIO_NAMES) if (!known(name)) start(name, playScenario(name, name, openedAt), samples);
      return [...samples.values(), ...wanted.values(), ...recorded.values()].reverse();
    },
    create(order) {
      const name = scenarioNamedIn(order.fields.query ?? '');
      const plan: Plan = PLANS[name];
      if (plan.account === 'without_credits') return 'unpaid';
      do created += 1;
      while (known(`${name}-new-${created}`));
      const id = `${name}-new-${created}`;
      return start(id, playScenario(name, id, new Date(), order), wanted);
    },
  };
}

/** `failed: …` goes like `failed`; a query that begins with no scenario's name, like `done`. */
function scenarioNamedIn(query: string): ScenarioName {
  return SCENARIO_NAMES.find((name) => query.startsWith(`${name}:`)) ?? 'done';
}
