import { describe, expect, it } from 'vitest';
import { jsonLines, jsonObject } from '../../src/render/json-lines.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { ended, FAILURE, progress, sink } from '../support/progress.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

const OBSERVED = '2026-01-01T00:00:00.000Z';

const WHOLE = { isFinal: false, isRedacted: false, nextOf: () => null };

function written(
  tell: (lines: ReturnType<typeof jsonLines>) => void,
  wish: Partial<Parameters<typeof jsonLines>[2]> = {},
): Record<string, unknown>[] {
  const out = sink();
  tell(jsonLines(out, fakeClock(), { ...WHOLE, ...wish }));
  return out.lines().map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the JSON lines of a watch', () => {
  it('hold the object as the server gave it, with the outcome and the time', () => {
    const [line] = written((lines) => lines.update(progress()));
    expect(line).toEqual({ ...wireTask(), outcome: 'running', observed_at: OBSERVED });
  });

  it('are one for each change in any field, known or not, and none without a change', () => {
    const lines = written((lines) => {
      lines.update(progress(null));
      lines.update(progress());
      lines.update(progress());
      lines.update(progress({}, { outage: { failure: FAILURE, attempt: 1, retryAt: 5 } }));
      lines.update(progress({ owner: 'a' }));
      lines.update(progress({ owner: 'b' }));
      lines.update(progress({ owner: 'b', id: 'task-2' }));
    });
    expect(lines.map(({ id, owner }) => [id, owner])).toEqual([
      ['task-1', undefined],
      ['task-1', 'a'],
      ['task-1', 'b'],
      ['task-2', 'b'],
    ]);
  });

  it('end with one line that has the exit code, the answer that ended the task', () => {
    const lines = written((lines) => {
      lines.update(progress());
      lines.finish(ended({ kind: 'exhausted' }, ENDED.exhausted));
    });
    expect(lines.map(({ outcome, exit_code }) => [outcome, exit_code])).toEqual([
      ['running', undefined],
      ['exhausted', 5],
    ]);
  });

  it('end with the error and the last known fields where the task could not be followed to its end', () => {
    const [line] = written((lines) => lines.finish(ended({ kind: 'unreachable', failure: FAILURE })));
    expect(line).toEqual({
      ...wireTask(),
      outcome: 'unreachable',
      observed_at: OBSERVED,
      exit_code: 1,
      error: {
        message: 'The API answered 502 Bad Gateway; check the service and your connection, and run the command again',
        status: 502,
      },
    });
  });

  it('have only the id where nothing else is known', () => {
    const reason = { what: 'Time is up', fix: 'run it again' };
    const [line] = written((lines) => lines.finish(ended({ kind: 'timed_out', reason }, null)));
    expect(line).toEqual({
      id: 'task-1',
      outcome: 'timed_out',
      observed_at: OBSERVED,
      exit_code: 124,
      error: { message: 'Time is up; run it again' },
    });
  });

  it('have an exit code on the last line alone, even where the server has such a field', () => {
    const lines = written((lines) => {
      lines.update(progress({ exit_code: 0 }));
      lines.finish(ended({ kind: 'done' }, { exit_code: 7 }));
    });
    expect(lines.map(({ exit_code }) => exit_code)).toEqual([undefined, 0]);
  });

  it('name no field twice, even one that the server has as well', () => {
    const out = sink();
    jsonLines(out, fakeClock(), WHOLE).finish(
      ended({ kind: 'unreachable', failure: FAILURE }, { error: null, outcome: 'x', exit_code: 7 }),
    );
    for (const name of ['"error"', '"outcome"', '"exit_code"']) expect(out.lines()[0]?.split(name)).toHaveLength(2);
  });

  it('are the last of each task alone where the others are not wanted', () => {
    const lines = written(
      (lines) => {
        lines.update(progress());
        lines.finish(ended({ kind: 'done' }, ENDED.done));
        lines.finish(ended({ kind: 'failed' }, { ...ENDED.failed, id: 'task-2' }));
      },
      { isFinal: true },
    );
    expect(lines.map(({ id, exit_code }) => [id, exit_code])).toEqual([
      ['task-1', 0],
      ['task-2', 3],
    ]);
  });

  it('name the command that goes on where the watch was left, which is no error', () => {
    const [line] = written((lines) => lines.finish(ended({ kind: 'running', lookedMs: 9 })), {
      nextOf: ({ id }) => `watch ${id}`,
    });
    expect(line).toEqual({ ...wireTask(), outcome: 'running', observed_at: OBSERVED, exit_code: 8, next: 'watch task-1' });
  });

  it('hold no text of a person where they are to be passed on', () => {
    const secret = { exclude_domains: ['acme.example'], owner: { mail: 'ann@acme.example', seats: 3 }, cost: 2 };
    const error = { code: 'boom', message: 'nothing for "solar companies in Spain" at acme.example' };
    const changes = { ...secret, status: 'failed', error };
    const lines = written(
      (lines) => {
        lines.update(progress(changes));
        lines.finish(ended({ kind: 'failed' }, changes));
      },
      { isRedacted: true, nextOf: () => 'watch --token-file /home/ann/token' },
    );
    const redacted = {
      ...wireTask({ ...changes, query: '…', criteria: [{ key: '…', name: '…', criterion: '…' }] }),
      exclude_domains: ['…'],
      owner: { mail: '…', seats: 3 },
      error: { code: 'boom', message: 'nothing for "…" at …' },
      observed_at: OBSERVED,
    };
    expect(lines).toEqual([
      { ...redacted, outcome: 'running' },
      { ...redacted, outcome: 'failed', exit_code: 3 },
    ]);
  });

  it('name no flags of the command line there: they can hold paths', () => {
    const fix = "run `extruct-task watch task-1 --token-file '/home/ann/a`b'` to watch it again";
    const timedOut = ended({ kind: 'timed_out', reason: { what: 'Time is up', fix } });
    const [line] = written((lines) => lines.finish(timedOut), { isRedacted: true });
    expect(line?.error).toEqual({ message: 'Time is up; run `extruct-task …` to watch it again' });
    expect(JSON.parse(jsonObject(timedOut, 0, false, true)).error).toEqual(line?.error);
  });

  it('stay single lines that a terminal can show, whatever the text', () => {
    const query = 'a\nb\u001b[31m\u202e\u0085\u2028"\\';
    const out = sink();
    jsonLines(out, fakeClock(), WHOLE).update(progress({ query }));
    expect(out.lines()).toHaveLength(1);
    expect(out.lines()[0]).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(out.lines()[0] ?? '')).toMatchObject({ query });
  });
});

describe('the JSON of one task', () => {
  it('is one line for a pipe and indented for a terminal', () => {
    const task = ended({ kind: 'running' });
    expect(jsonObject(task, 0, false, false)).not.toContain('\n');
    expect(jsonObject(task, 0, true, false)).toBe(JSON.stringify(JSON.parse(jsonObject(task, 0, false, false)), null, 2));
  });

  it('keeps numbers that JavaScript cannot hold', () => {
    const task = progress();
    const json = task.task?.json.replace('"num_results":25', '"num_results":25.0,"cost":9007199254740993') ?? '';
    const line = jsonObject({ ...ended({ kind: 'running' }), task: task.task && { ...task.task, json } }, 0, false, false);
    expect(line).toContain('"num_results":25.0,"cost":9007199254740993');
  });
});
