import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireResult } from '../../src/core/wire-result.ts';
import { resultsOf } from '../../src/sandbox/results.ts';
import { playScenario, SCENARIO_NAMES, type Scenario } from '../../src/sandbox/scenario.ts';
import { anyTarget } from '../support/simulated.ts';

const anyCriteria = fc
  .uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,5}$/), { minLength: 1, maxLength: 9 })
  .map((keys) => keys.map((key) => ({ key, name: key, criterion: `The company is all about ${key}` })));

const anyScenario = fc
  .record({
    name: fc.constantFrom(...SCENARIO_NAMES),
    run: fc.string(),
    target: anyTarget,
    criteria: anyCriteria,
    sources: fc.subarray(['web_search', 'extruct_db', 'linkedin', 'maps'], { minLength: 1 }),
  })
  .map(({ name, run, target, criteria, sources }) =>
    playScenario(name, `${name}-${run}`, new Date(0), { target, fields: { criteria, data_sources: sources } }),
  );

/** A part of the task's time, and some time after it. */
const anyPart = fc.integer({ min: 0, max: 12 }).map((tenths) => tenths / 10);

/** Each run scores up to a thousand companies, several times. */
const SOME = { numRuns: 40 };

function at(scenario: Scenario, part: number) {
  const task = scenario.task(scenario.durationMs * part);
  return { task, results: resultsOf(task, scenario.evaluated(scenario.durationMs * part)) };
}

/** That what is among `later` of the results, by their ids, is they themselves, in their order. */
function expectSame(results: readonly WireResult[], later: readonly WireResult[]): void {
  const ids = new Set(results.map(({ id }) => id));
  expect(JSON.stringify(later.filter(({ id }) => ids.has(id)))).toBe(JSON.stringify(results));
}

/** The rule as the endpoint's page gives it. */
function isHighFit({ scores }: WireResult): boolean {
  const grades = Object.values(scores ?? {}).map((score) => score?.grade ?? 0);
  return grades.filter((grade) => grade >= 4).length >= grades.length * 0.75;
}

describe('the results of a simulated task, at any moment,', () => {
  it('are as many as it counts, and as many of them high-fit', () => {
    fc.assert(
      fc.property(anyScenario, anyPart, (scenario, part) => {
        const { task, results } = at(scenario, part);
        expect(results).toHaveLength(task.num_results_evaluated);
        expect(results.filter(isHighFit)).toHaveLength(task.num_results);
      }),
      SOME,
    );
  });

  it('stand by relevance, which is another thing than high-fit', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { results } = at(scenario, 1);
        const relevances = results.map(({ relevance }) => relevance ?? Number.NaN);
        expect(relevances).toEqual(relevances.toSorted((a, b) => b - a));
        expect(relevances.every((relevance) => relevance >= 0 && relevance <= 100)).toBe(true);
      }),
      SOME,
    );
  });

  it('stay as they are, and in the same order, while others come in', () => {
    fc.assert(
      fc.property(anyScenario, anyPart, anyPart, anyTarget, (scenario, one, other, more) => {
        const [early, late] = [at(scenario, Math.min(one, other)), at(scenario, Math.max(one, other))];
        expectSame(early.results, late.results);
        const resumed = scenario.resume(scenario.durationMs * one, more);
        if (resumed) expectSame(at(scenario, one).results, at(resumed, 1).results);
      }),
      SOME,
    );
  });
});

describe('a simulated company', () => {
  const scenario = playScenario('done', 'done-new-1', new Date(0), { target: 250, fields: {} });
  const { task, results } = at(scenario, 1);
  const scores = results.flatMap(({ scores }) => Object.values(scores ?? {}));

  it('is named like no other, and has its site where there are none', () => {
    expect(new Set(results.map(({ company_name }) => company_name)).size).toBe(results.length);
    const urls = [...results.map((result) => result.company_website), ...scores.flatMap((score) => score?.sources ?? [])];
    for (const url of urls) if (url !== null) expect(new URL(url).hostname).toMatch(/^[a-z-]+\.example$/);
  });

  it('is another one for another task', () => {
    const names = at(playScenario('done', 'done-new-2', new Date(0), { target: 9, fields: {} }), 1).results;
    expect(names[0]?.company_name).not.toBe(results[0]?.company_name);
  });

  it('comes from a source of its task, and is scored on its criteria', () => {
    const keys = task.criteria?.map(({ key }) => key);
    for (const result of results) {
      expect(task.data_sources).toContain(result.source);
      expect(Object.keys(result.scores ?? {})).toEqual(keys);
      expect(result.company_description).toMatch(/^(?:[A-Z].*\.|=SUM\(.*\))$/);
    }
  });

  it('has grades from 1 to 5, each explained, with up to three sources', () => {
    const grades = new Set(scores.map((score) => score?.grade));
    expect(grades).toEqual(new Set([1, 2, 3, 4, 5, null, undefined]));
    for (const score of scores) expect(score?.sources?.length ?? 0).toBeLessThanOrEqual(3);
    const words = (grade: number | null) =>
      new Set(scores.flatMap((score) => (score?.grade === grade ? (score.explanation ?? []) : [])));
    expect(words(5).size).toBeGreaterThan(1);
    expect([...words(5)].filter((text) => words(1).has(text))).toEqual([]);
  });

  it.each(['company_website', 'employee_count', 'founding_year', 'hq_city'] as const)('lacks its %s now and then', (field) => {
    const missing = results.filter((result) => result[field] === null).length;
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThan(results.length / 4);
  });

  it('has what scripts break on now and then: fields that are missing, names in other scripts, a formula, a better one behind it', () => {
    const names = results.map(({ company_name }) => company_name).join('\n');
    for (const part of ['ä', 'Север', '太阳能', '🌱', '"', ';', "'"]) expect(names).toContain(part);
    expect(results.filter(({ company_description }) => company_description?.startsWith('=')).length).toBeGreaterThan(0);
    const old = results.filter((result) => !('hq_state_province' in result) && !('created_at' in result));
    expect(old.length).toBeGreaterThan(0);
    expect(old.length).toBeLessThan(results.length / 4);
    const lastHighFit = results.findLastIndex(isHighFit);
    expect(results.slice(0, lastHighFit).filter((result) => !isHighFit(result)).length).toBeGreaterThan(0);
  });

  it.each(['explanation', 'sources'] as const)('lacks the %s of a score now and then', (field) => {
    expect(scores.filter((score) => score?.[field] === null).length).toBeGreaterThan(0);
  });
});
