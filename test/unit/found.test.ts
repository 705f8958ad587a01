import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answered } from '../../src/core/attempts.ts';
import type { Company } from '../../src/core/company.ts';
import { type Found, findCompanies } from '../../src/core/found.ts';
import type { Range } from '../../src/core/pages.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { companies, snapshot, wireResult } from '../support/tasks.ts';

/** What the API has at one request: its rows by their numbers, and how many of them the task counts; all unless said otherwise. */
interface State {
  readonly rows: readonly number[];
  readonly counted?: number;
  /** The most rows that it gives at a time. */
  readonly most?: number;
}

const ALL: Range<Company> = { offset: 0, limit: Number.POSITIVE_INFINITY, matches: null };

/** So many rows, from a number on. */
const rows = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);
const still = (count: number): State => ({ rows: rows(count) });
const rowOf = (number: number) => wireResult(number);

/** Finds companies where each request meets the next state; the last one stays. `abortAt` is when the asking is called off, in ms. */
async function find(states: readonly State[], range: Partial<Range<Company>> = {}, make = rowOf, abortAt = Number.NaN) {
  const clock = fakeClock();
  const stop = new AbortController();
  if (abortAt >= 0) void clock.advanceTo(abortAt).then(() => stop.abort());
  const asked: string[] = [];
  const found = await findCompanies(
    async (offset, limit) => {
      if (stop.signal.aborted) return { ok: false, outcome: { kind: 'running' } };
      const { rows, counted = rows.length, most = limit } = states[Math.min(asked.length, states.length - 1)] ?? still(0);
      asked.push(`${offset}+${limit}`);
      const items = companies(...rows.slice(offset, offset + Math.min(limit, most)).map(make));
      const task = snapshot({ num_results: counted, num_results_evaluated: counted });
      return { ok: true, value: { task, items, count: items.length } };
    },
    { ...ALL, ...range },
    { clock, signal: stop.signal },
  );
  return { found, asked, ms: clock.now() };
}

function foundBy(found: Answered<Found>): Found {
  if (!found.ok) throw new Error(`the asking ended as ${found.outcome.kind}`);
  return found.value;
}

/** What was found, by the companies' numbers, with what is to be known of it. */
function told(found: Answered<Found>) {
  const { companies, moved, missing } = foundBy(found);
  return { rows: companies.map(({ id }) => Number(id.replace('company-', ''))), moved, missing };
}

const whole = (count: number) => ({ rows: rows(count), moved: false, missing: 0 });
const TWO_PAGES = ['0+50', '50+50'];

describe('the companies of a task that keeps still', () => {
  it.each([
    [0, ['0+50']],
    [49, ['0+50']],
    [50, TWO_PAGES],
    [60, TWO_PAGES],
    [100, [...TWO_PAGES, '100+50']],
    [120, [...TWO_PAGES, '100+50']],
  ])('are read once, all %i, on until a page holds fewer than asked for', async (count, pages) => {
    const { found, asked, ms } = await find([still(count)]);
    expect({ ...told(found), asked, ms }).toEqual({ ...whole(count), asked: pages, ms: 0 });
  });

  it('come once each, though the API has one twice on a page', async () => {
    const { found, asked } = await find([{ rows: [0, 1, 1, 2], counted: 3 }]);
    expect({ ...told(found), asked }).toEqual({ ...whole(3), asked: ['0+50'] });
  });

  it('are told apart by all that they say where they have no id', async () => {
    const nameless = (number: number) => ({ ...wireResult(number % 2), id: null });
    const { found } = await find([{ rows: rows(4), counted: 2 }], {}, nameless);
    expect(foundBy(found)).toMatchObject({ companies: [{ name: 'Company 0' }, { name: 'Company 1' }], moved: false, missing: 0 });
  });
});

describe('companies that move between two pages', () => {
  it.each<[string, State, number]>([
    ['at once where one is inserted above', { rows: [...rows(1, 900), ...rows(60)], counted: 60 }, 0],
    ['at once where one is removed', { rows: rows(59, 1) }, 0],
    ['at once where only what the task counts changes', { rows: rows(60), counted: 59 }, 0],
    ['a second later where two change places, and one does not come', { rows: [...rows(49), 50, 49, ...rows(9, 51)] }, 1000],
    ['a second later where the next page brings nothing new', { rows: [...rows(50, 900), ...rows(60)], counted: 60 }, 1000],
  ])('are all read once more, %s', async (_what, later, ms) => {
    const read = await find([still(60), later, still(70)]);
    expect({ ...read, found: told(read.found) }).toEqual({ found: whole(70), asked: [...TWO_PAGES, ...TWO_PAGES], ms });
  });

  it('are told as such where they move again, and are not read a third time', async () => {
    const { found, asked } = await find([still(60), still(61), still(62), still(63), still(64)]);
    expect({ ...told(found), asked }).toEqual({ ...whole(63), moved: true, asked: [...TWO_PAGES, ...TWO_PAGES] });
  });

  it('are not there to be seen where one page has all that is wanted', async () => {
    const { found, asked } = await find([still(60), still(61)], { limit: 50 });
    expect({ ...told(found), asked }).toEqual({ ...whole(50), asked: ['0+50'] });
  });

  it('are read once more for a part of them too', async () => {
    const { found, asked } = await find([still(80), still(81)], { offset: 10, limit: 60 });
    expect({ ...told(found), asked }).toEqual({
      rows: rows(60, 10),
      moved: false,
      missing: 0,
      asked: ['10+50', '60+10', '10+50', '60+10'],
    });
  });

  it('have an end with a server that gives the same page again and again', async () => {
    const { found, asked } = await find([{ rows: [...rows(50), ...rows(50), ...rows(50)], counted: 50 }]);
    expect({ ...told(found), asked }).toEqual({ ...whole(50), moved: true, asked: [...TWO_PAGES, ...TWO_PAGES] });
  });

  it('come once each, in two readings at the most, whatever the API gives', async () => {
    const anyState = fc.record({
      rows: fc.array(fc.nat(130), { maxLength: 130 }),
      counted: fc.nat(130),
      most: fc.integer({ min: 1, max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyState, { minLength: 1, maxLength: 6 }), async (states) => {
        const { found, asked } = await find(states);
        const { rows } = told(found);
        expect(new Set(rows).size).toBe(rows.length);
        expect(asked.filter((page) => page === '0+50').length).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('fewer companies than the task counts', () => {
  const few = { rows: rows(40), counted: 60 };

  it('are read once more, a second later: the results may lag behind the counters', async () => {
    const { found, asked, ms } = await find([few, still(60)]);
    expect({ ...told(found), asked, ms }).toEqual({ ...whole(60), asked: ['0+50', '0+50', '50+50'], ms: 1000 });
  });

  it('are told by how many are missing, where they are still too few', async () => {
    const { found, asked, ms } = await find([few]);
    expect({ ...told(found), asked, ms }).toEqual({ ...whole(40), missing: 20, asked: ['0+50', '0+50'], ms: 1000 });
  });

  it('come of a server that gives fewer at a time than asked for', async () => {
    const { found, asked } = await find([{ rows: rows(60), most: 20 }]);
    expect({ ...told(found), asked }).toEqual({ ...whole(20), missing: 40, asked: ['0+50', '0+50'] });
  });

  it('are not read a third time where they moved as well', async () => {
    const { found, asked, ms } = await find([still(60), { rows: rows(55), counted: 61 }]);
    expect({ ...told(found), ms }).toEqual({ ...whole(55), missing: 6, ms: 1000 });
    expect(asked).toEqual([...TWO_PAGES, ...TWO_PAGES]);
  });

  it.each<[string, Partial<Range<Company>>]>([
    ['an offset', { offset: 1 }],
    ['a limit that is reached', { limit: 40 }],
    ['a limit that what passes the filter reaches', { limit: 5, matches: () => true }],
  ])('are no wonder with %s', async (_what, range) => {
    const { found, asked } = await find([few], range);
    expect({ ...told(found), asked: asked.length }).toMatchObject({ moved: false, missing: 0, asked: 1 });
  });

  it('are those that came, not those that pass a filter', async () => {
    const matches = ({ id }: Company) => id === 'company-7';
    expect(told((await find([still(60)], { matches })).found)).toEqual({ rows: [7], moved: false, missing: 0 });
    expect(told((await find([few], { matches })).found)).toEqual({ rows: [7], moved: false, missing: 20 });
  });

  it('are missed where a limit is not reached', async () => {
    expect(told((await find([few], { limit: 50 })).found)).toMatchObject({ missing: 20 });
  });

  it('are waited for no longer than until the asking is called off', async () => {
    const { found, asked, ms } = await find([few], {}, rowOf, 300);
    expect({ found, asked, ms }).toEqual({ found: { ok: false, outcome: { kind: 'running' } }, asked: ['0+50'], ms: 300 });
  });
});
