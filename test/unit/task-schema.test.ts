import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/client/mend-json.ts';
import { parseTask } from '../../src/client/task-schema.ts';
import { snapshot, wireTask } from '../support/tasks.ts';

function parse(value: unknown) {
  const json = parseJson(typeof value === 'string' ? value : JSON.stringify(value));
  return json && parseTask(json);
}

describe('an answer', () => {
  it('is read into the words of the core', () => {
    expect(snapshot()).toMatchObject({
      id: 'task-1',
      status: 'in_progress',
      isExhausted: false,
      funnel: { discovered: 400, enriched: 200, evaluated: 100, highFit: 25 },
      target: 50,
      query: 'solar companies in Spain',
      createdAt: Date.UTC(2026, 10, 23, 10),
      sources: ['web_search', 'maps'],
      criteria: [{ key: 'solar', name: 'Solar', criterion: 'Makes or sells solar panels' }],
      errorDetails: [],
    });
  });

  it('keeps its JSON to the letter, but for white space between tokens', () => {
    const text = '{"id" : "a", "status":"done", "desired_num_results": 5, "owner": 12345678901234567890}';
    expect(parse(text)?.json).toBe('{"id":"a","status":"done","desired_num_results":5,"owner":12345678901234567890}');
  });

  it('may lack counters, or have them null: they are 0', () => {
    const { num_results_enriched, ...older } = wireTask({ num_results: null });
    expect(parse(older)?.funnel).toEqual({ discovered: 400, enriched: 0, evaluated: 100, highFit: 0 });
  });

  it.each([
    ['a status', { status: 'paused' }],
    ['a source', { data_sources: ['extruct_db', 'telepathy'] }],
    ['a field', { owner: { name: 'x' }, exclude_domains: [] }],
  ])('may hold %s that the page does not list', (_what, changes) => {
    expect(parse(wireTask(changes))).not.toBeNull();
  });

  it.each([
    ['query', null],
    ['query', 7],
    ['created_at', 'yesterday'],
    ['created_at', 7],
    ['data_sources', null],
    ['data_sources', 'web_search'],
    ['criteria', null],
    ['criteria', [1]],
    ['criteria', [{}]],
    ['table_id', 7],
    ['is_exhausted', null],
  ])('is a task even where %s is %j: that is only shown', (field, value) => {
    expect(parse(wireTask({ [field]: value }))).not.toBeNull();
  });

  it.each([
    ['id', undefined],
    ['id', 7],
    ['id', ''],
    ['status', undefined],
    ['status', null],
    ['desired_num_results', undefined],
    ['desired_num_results', '50'],
    ['num_results', '25'],
    ['num_results', [25]],
    ['is_exhausted', 'yes'],
  ])('is no task where %s is %j: the outcome hangs on it', (field, value) => {
    expect(parse(wireTask({ [field]: value }))).toBeNull();
  });

  it.each(['null', '[]', '{}', '7', '"task"', '{"detail":"Not Found"}', '[{"id":"a"}]'])('%s is no task', (text) => {
    expect(parse(text)).toBeNull();
  });

  it('with a number too large for a counter is no task', () => {
    expect(parse(JSON.stringify(wireTask()).replace('"num_results":25', '"num_results":1e999'))).toBeNull();
  });

  it.each([
    ['2026-11-23T10:00:00', Date.UTC(2026, 10, 23, 10)],
    ['2026-11-23T10:00:00.123456', Date.UTC(2026, 10, 23, 10, 0, 0, 123)],
    ['2026-11-23T10:00:00Z', Date.UTC(2026, 10, 23, 10)],
    ['2026-11-23T10:00:00+02:00', Date.UTC(2026, 10, 23, 8)],
    ['2026-11-23T10:00:00-0500', Date.UTC(2026, 10, 23, 15)],
  ])('created at %s is read as UTC where no zone is named', (text, ms) => {
    expect(snapshot({ created_at: text }).createdAt).toBe(ms);
  });

  it('shows what looks like an error’s account, whatever its field is called', () => {
    const task = snapshot({ status: 'failed', error: { code: 'x' }, failure_reason: 'no sources', error_code: null, detail: '' });
    expect(task.errorDetails).toEqual([
      ['error', '{"code":"x"}'],
      ['failure_reason', 'no sources'],
    ]);
  });

  it('may be nested to any depth, and hold strings of any length', () => {
    for (const status of ['failed', 'in_progress']) {
      const deep = `{"id":"a","status":"${status}","desired_num_results":5,"error":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
      expect(parse(deep)?.json).toBe(deep);
      const long = JSON.stringify(wireTask({ status, error: '\n'.repeat(4_500_000) }));
      expect(parse(long)?.json).toBe(long);
    }
  });

  it('of any JSON is a task or none, never an exception', () => {
    const fields = Object.keys(wireTask());
    const change = fc.dictionary(fc.constantFrom(...fields), fc.jsonValue());
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), change.map(wireTask)), (value) => {
        const task = parse(value);
        return task === null || typeof task.status === 'string';
      }),
    );
  });
});
