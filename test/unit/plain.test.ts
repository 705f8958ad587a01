import { describe, expect, it } from 'vitest';
import { plainProgress } from '../../src/render/plain.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { ended, FAILURE, progress, sink } from '../support/progress.ts';

function plain(heartbeatMs = 60_000) {
  const out = sink();
  const clock = fakeClock();
  return { lines: out.lines, clock, renderer: plainProgress(out, clock, heartbeatMs) };
}

describe('progress in a log', () => {
  it('is a time-stamped line of words and key=value', () => {
    const { lines, renderer } = plain();
    renderer.update(progress());
    renderer.close();
    expect(lines()).toEqual([
      '2026-01-01T00:00:00Z task-1 running discovered=400 enriched=200 evaluated=100 high_fit=25 target=50 elapsed=0s query="solar companies in Spain"',
    ]);
  });

  it('has a line for each change, and none where nothing changed', () => {
    const { lines, renderer } = plain();
    renderer.update(progress(null));
    renderer.update(progress());
    renderer.update(progress());
    renderer.update(progress({ num_results: 26 }));
    renderer.update(progress({ num_results: 26, desired_num_results: 60 }));
    renderer.finish(ended({ kind: 'done' }, { num_results: 60, desired_num_results: 60 }));
    renderer.close();
    expect(lines().map((line) => /task-1 (\w+) .*(high_fit=\S+ target=\S+)/.exec(line)?.slice(1))).toEqual([
      ['running', 'high_fit=25 target=50'],
      ['running', 'high_fit=26 target=50'],
      ['running', 'high_fit=26 target=60'],
      ['done', 'high_fit=60 target=60'],
    ]);
  });

  it('tells each retry of an outage, and that it is over', () => {
    const { lines, renderer } = plain();
    const outage = { failure: FAILURE, attempt: 1, retryAt: 1300 };
    renderer.update(progress());
    renderer.update(progress({}, { outage }));
    renderer.update(progress({}, { outage: { ...outage, attempt: 2 } }));
    renderer.update(progress());
    renderer.close();
    expect(lines().map((line) => line.slice(21))).toEqual([
      expect.stringContaining('task-1 running'),
      'task-1 running: The API answered 502 Bad Gateway attempt=1 delay=1.3s elapsed=0s',
      'task-1 running: The API answered 502 Bad Gateway attempt=2 delay=1.3s elapsed=0s',
      expect.stringContaining('task-1 running'),
    ]);
  });

  it('tells why a task could not be followed', () => {
    const { lines, renderer } = plain();
    renderer.finish(ended({ kind: 'unreachable', failure: FAILURE }, null));
    renderer.close();
    expect(lines()[0]).toBe('2026-01-01T00:00:00Z task-1 unreachable: The API answered 502 Bad Gateway elapsed=0s');
  });

  it('has a heartbeat, counted from the last line, until it is closed', async () => {
    const { lines, clock, renderer } = plain(60_000);
    renderer.update(progress());
    await clock.advanceTo(50_000);
    renderer.update(progress({ num_results: 26 }));
    await clock.advanceTo(185_000);
    renderer.close();
    await clock.advanceTo(500_000);
    expect(lines().map((line) => line.slice(11, 20))).toEqual(['00:00:00Z', '00:00:50Z', '00:01:50Z', '00:02:50Z']);
    expect(lines()[2]).toContain('high_fit=26 target=50 unchanged elapsed=110s');
  });

  it('has one heartbeat for all of several tasks, and one before the first answer', async () => {
    const { lines, clock, renderer } = plain(60_000);
    await clock.advanceTo(65_000);
    renderer.update(progress());
    renderer.finish(ended({ kind: 'done' }, { id: 'task-2' }));
    await clock.advanceTo(130_000);
    renderer.close();
    expect(lines()[0]).toBe('2026-01-01T00:01:00Z waiting for the first answer');
    expect(lines().at(-1)).toBe('2026-01-01T00:02:05Z unchanged tasks=2 ended=1 elapsed=125s');
  });

  it('cannot be made to start a line, or to run a command of a CI service', () => {
    const { lines, renderer } = plain();
    renderer.update(progress({ query: 'x\n::error::owned', status: 'a\n::set-output name=x::y\u001b[2J' }));
    renderer.close();
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toMatch(/^2026-01-01T00:00:00Z \P{Cc}*$/u);
  });
});
