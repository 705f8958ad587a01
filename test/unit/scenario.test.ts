import { describe, expect, it } from 'vitest';
import { SCENARIO_NAMES, type ScenarioName, scenarioOf } from '../../src/sandbox/scenario.ts';

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
  exhausted: ['in_progress', true],
  failed: ['failed', false],
  flaky: ['done', false],
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
    let before = [0, 0, 0, 0];
    for (const task of life(`${name}-7`)) {
      const counters = [task.num_results_discovered, task.num_results_enriched, task.num_results_evaluated, task.num_results];
      expect(counters).toEqual(counters.toSorted((a, b) => b - a));
      for (const [index, count] of counters.entries()) expect(count).toBeGreaterThanOrEqual(before[index] ?? 0);
      before = counters;
    }
  });

  it('reaches its target when it is done, and not when it is exhausted', () => {
    const done = life('done').at(-1);
    expect(done?.num_results).toBe(done?.desired_num_results);
    const exhausted = life('exhausted').at(-1);
    expect(exhausted?.num_results).toBeLessThan(exhausted?.desired_num_results ?? 0);
  });

  it.each(['exhausted', 'exhausted-1', 'exhausted-demo'])('(%s) leaves nobody in the queue when it is exhausted', (id) => {
    const exhausted = life(id).at(-1);
    expect(exhausted?.num_results_evaluated).toBe(exhausted?.num_results_enriched);
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

  it.each(['nothing', 'don', 'doner', ''])('is not named by %j', (id) => {
    expect(scenarioOf(id, CREATED)).toBeUndefined();
  });
});
