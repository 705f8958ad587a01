import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recordedHistories } from '../../bench/pacing/recorded.ts';
import { readRecordings } from '../../src/sandbox/recording.ts';
import { SANDBOX_TOKEN, startSandbox } from '../../src/sandbox/server.ts';
import { error, results, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run } from '../support/run.ts';
import { ENDED, wireResults } from '../support/tasks.ts';

/** Serves a recording, on a clock of its own. */
async function playBack(text: string, speed = 1) {
  const recordings = readRecordings(text);
  if ('wrongLine' in recordings) throw new Error(`line ${recordings.wrongLine}`);
  const clock = nappingClock();
  const sandbox = await startSandbox({ port: 0, speed, now: clock.now, recordings });
  if ('refused' in sandbox) throw new Error(sandbox.refused);
  onTestFinished(() => sandbox.close());
  const env = { EXTRUCT_API_TOKEN: SANDBOX_TOKEN };
  return (...args: string[]) => run(args, { api: { url: sandbox.url.origin }, env, clock });
}

/** The lines of a watch without what differs from one watch to the next: the time, and the command that is named in an error. */
function told(lines: readonly Record<string, unknown>[]) {
  return lines.map(({ observed_at: _, ...line }) => ({
    ...line,
    error: JSON.stringify(line.error)?.replace(/`extruct-task .*`/, ''),
  }));
}

describe('a recording', () => {
  it('of a watch is played back as the same watch, also where nobody’s words are in it', async () => {
    const api = await startApi();
    const dry = task({ is_exhausted: true, num_results: 30 });
    api.repliesTo('a', task(), task({ num_results: 26 }), error(503), dry, task({ ...ENDED.exhausted, status: 'done' }));
    api.repliesTo('b', task(), task({ ...ENDED.failed, owner: 'me' }));
    const flags = ['--json', '-q', '--interval', '10s', '--timeout', '55s'];
    const record = (id: string) => run(['watch', id, ...flags, '--redact'], { api, clock: nappingClock() });
    const recorded = [await record('a'), await record('b'), await record('c')];
    expect(recorded.map(({ code }) => code)).toEqual([5, 3, 124]);
    const play = await playBack(recorded.map(({ stdout }) => stdout).join('\n'));
    for (const [nth, id] of ['a', 'b', 'c'].entries()) {
      const again = await play('watch', id, ...flags);
      expect(told(again.json)).toEqual(told(recorded[nth]?.json ?? []));
      expect(again.code).toBe(recorded[nth]?.code);
    }
  });

  it('goes as fast as it is told to, from the first request for its task on', async () => {
    const api = await startApi();
    api.replies(task(), task(), task(ENDED.done));
    const recorded = await run(['watch', 'a', '--json', '-q', '--interval', '10s'], { api, clock: nappingClock() });
    const play = await playBack(recorded.stdout, 10);
    expect((await play('list', '--json', '--limit', '1')).json).toMatchObject([{ id: 'a', status: 'in_progress' }]);
    expect((await play('watch', 'a', '--json', '-q', '--interval', '2s')).json.map(({ status }) => status)).toEqual([
      'in_progress',
      'done',
    ]);
    expect(await play('resume', 'a')).toMatchObject({ code: 1, stderr: expect.stringContaining('exhausted') });
  });

  it('has the companies of its last line', async () => {
    const api = await startApi();
    api.replies(task({ ...ENDED.done, num_results: 2 }));
    api.repliesTo('results?offset=0&limit=50', results(wireResults(2)));
    const recorded = await run(['watch', 'a', '--json', '-q', '--results'], { api });
    const play = await playBack(recorded.stdout);
    expect((await play('results', 'a', '--json')).json).toEqual(wireResults(2));
  });

  it('is a history for the benchmark of the pacing, if its task ended', async () => {
    const api = await startApi();
    api.replies(task(), task({ is_exhausted: true, num_results: 30 }), task({ ...ENDED.exhausted, status: 'done' }));
    const record = (timeout: string) =>
      run(['watch', 'a', '--json', '-q', '--interval', '10s', '--timeout', timeout], { api, clock: nappingClock() });
    const recorded = await record('35s');
    api.replies(task(), task({ is_exhausted: true, num_results: 30 }));
    const timedOut = (await record('15s')).stdout.replaceAll('"a"', '"b"');
    expect(recordedHistories(recorded.stdout + timedOut)).toEqual([
      {
        target: 50,
        end: 20,
        outcome: 'exhausted',
        exhaustedAt: 10,
        points: [
          [0, 400, 200, 100, 25],
          [10, 400, 200, 100, 30],
          [20, 400, 200, 200, 31],
        ],
      },
    ]);
    expect(recordedHistories('[]')).toBeNull();
  });

  it.each([
    ['', '--replay .* has no answer in it'],
    ['{"id":"a","outcome":"not_found","observed_at":"2026-01-01T00:00:00Z","exit_code":6}\n', '--replay .* has no answer in it'],
    [
      '\n{"id":"a","status":"done","observed_at":"2026-01-01T00:00:00Z"}\n{"id":"a"}\n',
      'line 3 of --replay .* is not a line of a watch',
    ],
    ['2026-11-23T10:04:12Z done-1 in_progress\n', 'line 1 of --replay'],
    ['"watch"\n', 'line 1 of --replay'],
  ])('is refused where it is none: %j', async (text, words) => {
    const folder = mkdtempSync(join(tmpdir(), 'extruct-task-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'watch.ndjson'), text);
    const ran = await run(['sandbox', '--port', '0', '--replay', join(folder, 'watch.ndjson')]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(new RegExp(`^error: ${words}.*; set a file that \`extruct-task watch --json\` wrote\n$`));
  });
});
