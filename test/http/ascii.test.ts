import { describe, expect, it } from 'vitest';
import { body, list, results, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run } from '../support/run.ts';
import { ENDED, wireResult, wireTask } from '../support/tasks.ts';

/** A query and a name with letters of their own, too long for a table of 40 columns. */
const LONG = `Käsereien ${'in den Bergen '.repeat(40)}`;

/** An API whose answers need cutting. */
async function startLong() {
  const api = await startApi();
  const found = [wireResult(1, { company_name: LONG, company_description: LONG })];
  const ended = { ...ENDED.done, query: LONG };
  api.repliesTo('a', task({ ...ended, id: 'a' }));
  api.repliesTo('b', task({ ...ended, id: 'b' }));
  api.repliesTo('gone', body(418, JSON.stringify({ detail: LONG })));
  api.repliesTo('results?offset=0&limit=50', results(found, { ...ended, id: 'a' }));
  api.repliesTo('discovery_tasks?offset=0&limit=20', list([wireTask({ ...ended, id: 'a' })]));
  return api;
}

describe.each([
  ['get a'],
  ['list'],
  ['results a'],
  ['results a --explain'],
  ['watch a'],
  ['watch a b'],
  ['watch a --results'],
  ['get gone'],
  ['doctor'],
])('%s', (line) => {
  it.each([
    ['--ascii', ['--ascii'], {}],
    ['EXTRUCT_ASCII', [], { EXTRUCT_ASCII: '1' }],
  ])('has no sign of ours beyond ASCII (%s), and keeps the letters of names', async (_, flags, env) => {
    const api = await startLong();
    const words = line.split(' ');
    const plain = await run(words, { api, clock: nappingClock(), env: { COLUMNS: '40' } });
    const shown = plain.stdout + plain.stderr;
    const ran = await run([...words, ...flags], { api, clock: nappingClock(), env: { COLUMNS: '40', ...env } });
    const drawn = ran.stdout + ran.stderr;
    expect(shown).toMatch(/\P{ASCII}/u);
    expect(drawn.replaceAll('ä', '')).toMatch(/^\p{ASCII}*$/u);
    if (shown.includes('Käsereien')) expect(drawn).toContain('Käsereien');
  });
});
