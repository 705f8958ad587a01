import { describe, expect, it } from 'vitest';
import { spokenProgress } from '../../src/render/spoken.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { ended, FAILURE, progress, sink } from '../support/progress.ts';

function spoken({ unicode = true, heartbeatMs = 60_000 } = {}) {
  const out = sink();
  const clock = fakeClock();
  return {
    lines: out.lines,
    written: out.written,
    clock,
    renderer: spokenProgress(out, clock, { heartbeatMs, unicode }),
  };
}

const outage = { failure: FAILURE, attempt: 1, retryAt: 1300 };

describe('progress for those who hear it', () => {
  it('says at once how the task stands, what matters first and the time last', async () => {
    const { lines, clock, renderer } = spoken();
    renderer.update(progress(null));
    renderer.update(progress());
    await clock.advanceTo(29_000);
    renderer.close();
    expect(lines()).toEqual([
      '25 of 50 high fit, running, 400 discovered, 200 enriched, 100 evaluated, solar companies in Spain, after 0 seconds',
    ]);
  });

  it('says what has changed at most twice a minute, and that nothing has, at the heartbeat', async () => {
    const { lines, clock, renderer } = spoken();
    for (let second = 0; second < 120; second += 1) {
      await clock.advanceTo(second * 1000);
      renderer.update(progress({ num_results: 1 + second }));
    }
    await clock.advanceTo(301_000);
    renderer.close();
    expect(lines().map((line) => [Number.parseInt(line, 10), /after .*/.exec(line)?.[0]])).toEqual([
      [1, 'after 0 seconds'],
      [30, 'after 30 seconds'],
      [60, 'after 1 minute'],
      [90, 'after 1 minute'],
      [120, 'after 2 minutes'],
      [120, 'after 3 minutes'],
      [120, 'after 4 minutes'],
      [120, 'after 5 minutes'],
    ]);
  });

  it('says the first answer at once, also right after it has said that it waits for one, and nothing sooner than that', async () => {
    const { lines, clock, renderer } = spoken({ heartbeatMs: 2000 });
    renderer.update(progress(null));
    await clock.advanceTo(29_000);
    expect(lines()).toEqual([]);
    await clock.advanceTo(31_000);
    renderer.update(progress());
    await clock.advanceTo(60_000);
    renderer.update(progress({ num_results: 26 }));
    await clock.advanceTo(62_000);
    renderer.close();
    expect(lines().map((line) => line.replace(/, \d+ discovered.*evaluated/, ''))).toEqual([
      'waiting for the first answer',
      '25 of 50 high fit, running, solar companies in Spain, after 31 seconds',
      '26 of 50 high fit, running, after 1 minute',
    ]);
  });

  it('says at once when the state of a task changes, and once of an outage', async () => {
    const { lines, clock, renderer } = spoken();
    renderer.update(progress());
    await clock.advanceTo(1000);
    renderer.update(progress({}, { outage }));
    renderer.update(progress({}, { outage: { ...outage, attempt: 2 } }));
    renderer.update(progress());
    renderer.update(progress({ is_exhausted: true }));
    renderer.finish(ended({ kind: 'done' }, { num_results: 50 }));
    renderer.close();
    expect(lines().slice(1)).toEqual([
      'no answer, The API answered 502 Bad Gateway, trying again, 25 of 50 high fit, solar companies in Spain, after 1 second',
      'running, 25 of 50 high fit, solar companies in Spain, after 1 second',
      'sources exhausted, 100 still to be scored, 25 of 50 high fit, solar companies in Spain, after 1 second',
      'done, 50 of 50 high fit, solar companies in Spain, after 1 second',
    ]);
  });

  it('says of many tasks how many stand how, and names one only when its state changes', async () => {
    const { lines, clock, renderer } = spoken();
    for (const index of Array(200).keys()) renderer.update(progress({ id: `task-${index}`, query: `query ${index}` }));
    await clock.advanceTo(30_000);
    renderer.finish({ ...progress({ id: 'task-7', query: 'query 7', num_results: 50 }), outcome: { kind: 'done' } });
    await clock.advanceTo(3_700_000);
    renderer.close();
    expect(lines().slice(1, 3)).toEqual([
      '5000 of 10000 high fit, 200 tasks, 200 running, after 30 seconds',
      'done, 50 of 50 high fit, query 7, after 30 seconds',
    ]);
    expect(lines().at(-1)).toBe('5025 of 10000 high fit, 200 tasks, 199 running, 1 done, after 1 hour 1 minute');
  });

  it('is in ASCII where that is all there is', () => {
    const { lines, renderer } = spoken({ unicode: false });
    renderer.update(progress({ query: 'solar 日本' }));
    renderer.close();
    expect(lines().join('')).toContain(', solar ????, ');
  });

  it('has no sign of its own that is read out, and no text that makes one', async () => {
    const { written, clock, renderer } = spoken();
    renderer.update(progress({ query: 'a\n\u001B[31mb' }));
    renderer.update(progress({}, { outage }));
    await clock.advanceTo(200_000);
    renderer.close();
    for (const line of written) expect(line.replace(/a.*b/, '')).toMatch(/^[A-Za-z0-9 ,]+\n$/);
  });
});
