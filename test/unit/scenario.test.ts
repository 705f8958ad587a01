import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireTask } from '../../src/core/wire-task.ts';
import { playScenario, SCENARIO_NAMES, type Scenario, type ScenarioName, scenarioOf } from '../../src/sandbox/scenario.ts';
import { anyTarget, countersOf } from '../support/simulated.ts';

/** Whether its sources run dry. */
function isDryName(name: ScenarioName): boolean {
  return name === 'exhausted' || name === 'unscored';
}

const CREATED = new Date('2026-11-23T10:00:00Z');

function scenario(id: string) {
  const found = scenarioOf(id, CREATED);
  if (!found) throw new Error(`no scenario ${id}`);
  return found;
}

/** The task at a hundred moments of its life and one after it. */
function life(id: string) {
  const { durationMs, task } = scenario(id);
  return Array.from({ length: 102 }, (_, percent) => task((durationMs * percent) / 100));
}

const END: Record<ScenarioName, [status: string, isExhausted: boolean]> = {
  done: ['done', false],
  exhausted: ['done', true],
  unscored: ['in_progress', true],
  failed: ['failed', false],
  flaky: ['done', false],
  unpaid: ['done', false],
  limited: ['done', false],
  stalled: ['in_progress', false],
  slow: ['done', false],
  instant: ['done', false],
};

describe('a simulated task', () => {
  it.each(SCENARIO_NAMES)('(%s) ends as its name says', (name) => {
    const last = life(name).at(-1);
    expect([last?.status, last?.is_exhausted]).toEqual(END[name]);
  });

  it.each(SCENARIO_NAMES)('(%s) is a funnel that only fills, at any moment', (name) => {
    const counts = life(`${name}-7`).map(countersOf);
    expect(counts).toEqual(counts.map((counters) => counters.toSorted((a, b) => b - a)));
    const steps = counts[0]?.map((_, step) => counts.map((counters) => counters[step] ?? 0)) ?? [];
    expect(steps).toEqual(steps.map((step) => step.toSorted((a, b) => a - b)));
  });

  it('reaches its target when it is done, and not when it is exhausted', () => {
    const done = life('done').at(-1);
    expect(done?.num_results).toBe(done?.desired_num_results);
    const exhausted = life('exhausted').at(-1);
    expect(exhausted?.num_results).toBeLessThan(exhausted?.desired_num_results ?? 0);
  });

  it('goes the same way each time, and another way under another name', () => {
    expect(life('done-a')).toEqual(life('done-a').map((task) => ({ ...task })));
    expect(life('done-a').map((task) => task.num_results)).not.toEqual(life('done-b').map((task) => task.num_results));
  });

  it('fills unevenly, as in life', () => {
    const steps = life('done').map((task) => task.num_results_discovered);
    const gains = steps.slice(1).map((count, index) => count - (steps[index] ?? 0));
    expect(Math.max(...gains)).toBeGreaterThan(10);
    expect(gains.filter((gain) => gain === 0).length).toBeGreaterThan(20);
  });

  it('tells what broke when it failed', () => {
    expect(life('failed').at(-1)?.error?.message).toContain('stopped answering');
  });

  it('stands still when it is stalled', () => {
    const { durationMs, task } = scenario('stalled');
    expect(task(durationMs)).toEqual(task(durationMs * 100));
    expect(task(durationMs).num_results).toBeLessThan(task(durationMs).desired_num_results);
  });

  it.each(SCENARIO_NAMES.filter((name) => !isDryName(name)))('(%s) does not run dry', (name) => {
    expect(life(name).some((task) => task.is_exhausted)).toBe(false);
  });

  it.each(['nothing', 'don', 'doner', ''])('is not named by %j', (id) => {
    expect(scenarioOf(id, CREATED)).toBeUndefined();
  });
});

describe('a simulated task whose sources run dry', () => {
  const anyRun = fc.tuple(fc.constantFrom('exhausted', 'unscored'), fc.string()).map(([name, run]) => scenario(`${name}-${run}`));

  /** The task at two hundred moments of its life. */
  const moments = ({ durationMs, task }: Scenario) => Array.from({ length: 200 }, (_, nth) => task((durationMs * nth) / 200));
  const isSettling = (task: WireTask) => task.is_exhausted && task.status === 'in_progress';

  it('goes on scoring for a good part of its time, and finds more in it', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const tasks = moments(run).filter(isSettling);
        expect(tasks.length).toBeGreaterThan(50);
        const [first, last] = [tasks[0], tasks.at(-1)];
        expect(last?.num_results_evaluated).toBeGreaterThan((first?.num_results_evaluated ?? 0) + 20);
        expect(last?.num_results).toBeGreaterThan((first?.num_results ?? 0) + 2);
      }),
    );
  });

  it('is exhausted once no more candidates come, not before', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const gathered = (task: WireTask) => `${task.num_results_discovered} ${task.num_results_enriched}`;
        const all = gathered(run.task(run.durationMs));
        expect(moments(run).filter((task) => (gathered(task) === all) !== task.is_exhausted)).toEqual([]);
      }),
    );
  });

  it('ends short of its target, with all scored, or stands still with some that never are', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const [end, later] = [run.task(run.durationMs), run.task(run.durationMs * 100)];
        expect(later).toEqual(end);
        expect(end.num_results).toBeLessThan(end.desired_num_results);
        const unscored = end.num_results_enriched - end.num_results_evaluated;
        if (end.status === 'done') expect(unscored).toBe(0);
        else expect(unscored).toBeGreaterThan(5);
      }),
    );
  });
});

describe('a simulated task that somebody ordered', () => {
  const order = (name: ScenarioName, target: number, fields = {}) =>
    playScenario(name, `${name}-new-1`, CREATED, { target, fields });

  it('says what it was ordered for', () => {
    const fields = {
      query: 'breweries',
      table_id: 'table-1',
      auto_data_sources: false,
      data_sources: ['maps'],
      criteria: [{ key: 'beer', name: 'Beer', criterion: 'The company brews beer' }],
      exclude_domains: ['known.example'],
    };
    expect(order('done', 7, fields).task(0)).toMatchObject({ ...fields, id: 'done-new-1', desired_num_results: 7 });
  });

  it('reaches whatever target it has, and falls short of it when it is to be exhausted', () => {
    fc.assert(
      fc.property(anyTarget, (target) => {
        const [done, exhausted] = [order('done', target), order('exhausted', target)];
        expect(done.task(done.durationMs)).toMatchObject({ status: 'done', num_results: target });
        expect(done.task(done.durationMs - 1)).toMatchObject({ status: 'in_progress' });
        const end = exhausted.task(exhausted.durationMs);
        expect(end).toMatchObject({ is_exhausted: true, desired_num_results: target });
        expect(end.num_results).toBeLessThan(target);
      }),
    );
  });

  it('takes four minutes for fifty results, and more for more', () => {
    expect(order('done', 50).durationMs).toBe(4 * 60_000);
    expect(order('done', 100).durationMs).toBeGreaterThan(6 * 60_000);
  });
});

describe('a simulated task that is resumed', () => {
  const MORE = 25;

  function resumed(id: string, part: number, more = MORE) {
    const { durationMs, resume, task } = scenario(id);
    const at = durationMs * part;
    const scenarioAfter = resume(at, more);
    if (!scenarioAfter) throw new Error(`${id} is exhausted`);
    return { before: task(at), at, ...scenarioAfter };
  }

  it('is in progress again, with all that it had, until it reaches its new target', () => {
    const { before, at, task, durationMs } = resumed('done', 2);
    expect(before.status).toBe('done');
    expect(task(at)).toEqual({ ...before, status: 'in_progress', desired_num_results: 75 });
    expect(task(durationMs - 1).status).toBe('in_progress');
    expect(task(durationMs)).toMatchObject({ status: 'done', num_results: 75 });
  });

  it('can be resumed again and again, up to 250 results', () => {
    let current = scenario('done-3');
    for (const target of [130, 210, 250, 250]) {
      current = current.resume(current.durationMs, 80) ?? current;
      expect(current.task(current.durationMs)).toMatchObject({ status: 'done', num_results: target });
    }
  });

  it('only gets another target while it runs', () => {
    const { before, at, task, durationMs } = resumed('done', 0.5);
    expect(task(at)).toEqual({ ...before, desired_num_results: 75 });
    expect(durationMs).toBeGreaterThan(scenario('done').durationMs);
    expect(task(durationMs)).toMatchObject({ status: 'done', num_results: 75 });
  });

  it('stays done when it is asked for nothing more', () => {
    const { before, at, task } = resumed('done', 1, 0);
    expect(task(at)).toEqual(before);
  });

  it.each(['exhausted', 'unscored'])('(%s) refuses from when it is exhausted on, not before', (name) => {
    const { durationMs, resume, task } = scenario(name);
    const moments = Array.from({ length: 101 }, (_, percent) => (durationMs * percent) / 100);
    expect(moments.filter((ms) => resume(ms, MORE) === undefined)).toEqual(moments.filter((ms) => task(ms).is_exhausted));
    expect(resumed(name, 0.3).task(durationMs)).toMatchObject({ is_exhausted: true, desired_num_results: 125 });
  });

  it.each([
    ['failed', 'failed'],
    ['stalled', 'in_progress'],
  ])('(%s) goes on a little, and ends as before', (name, status) => {
    const { before, at, task, durationMs } = resumed(name, 1);
    expect(task(at)).toMatchObject({ status: 'in_progress', num_results: before.num_results });
    expect(task(durationMs).status).toBe(status);
    expect(task(durationMs).num_results).toBeGreaterThan(before.num_results);
    expect(task(durationMs).num_results).toBeLessThan(75);
  });

  it('is done at once when it is instant', () => {
    const { at, task } = resumed('instant', 1);
    expect(task(at)).toMatchObject({ status: 'done', num_results: 75 });
  });

  it('never counts less than before', () => {
    fc.assert(
      fc.property(fc.constantFrom('done', 'failed', 'slow', 'stalled'), fc.nat(20), anyTarget, (name, nth, more) => {
        const { before, at, task, durationMs } = resumed(`${name}-7`, nth / 10, more);
        let counted = countersOf(before);
        for (let tenth = 0; tenth <= 10; tenth += 1) {
          const counters = countersOf(task(at + ((durationMs - at) * tenth) / 10));
          expect(counters).toEqual(counters.toSorted((a, b) => b - a));
          expect(counters.filter((count, index) => count < (counted[index] ?? 0))).toEqual([]);
          counted = counters;
        }
      }),
    );
  });
});
