import { describe, expect, it } from 'vitest';
import { error, reset, silence, startApi, task } from '../support/api.ts';
import { runBinary, runBuilt } from '../support/run.ts';
import { ENDED } from '../support/tasks.ts';

/** Each row of the contract's table, through the built program: its code and the last line of its JSON; and that its process ends so. */
describe('the built program', () => {
  it.each([
    ['done', 0, task(ENDED.done), []],
    ['unreachable', 1, reset, ['--retry-for', '0']],
    ['invalid_response', 1, task({ id: 'another' }), []],
    ['rejected', 1, error(422), []],
    ['failed', 3, task(ENDED.failed), []],
    ['unauthorized', 4, error(401), []],
    ['unauthorized', 4, error(403), []],
    ['payment_required', 4, error(402), []],
    ['exhausted', 5, task(ENDED.exhausted), []],
    ['not_found', 6, error(404), []],
    ['timed_out', 124, silence, ['--timeout', '300ms']],
  ] as const)('ends a watch that is %s with %i', async (outcome, code, reply, flags) => {
    const api = await startApi();
    api.replies(reply);
    const ran = await runBuilt(['watch', 'task-1', '--json', ...flags], { api });
    expect(ran.code).toBe(code);
    expect(ran.json.at(-1)).toMatchObject({ id: 'task-1', outcome, exit_code: code });
  });

  it('ends a get of a running task with 8', async () => {
    const api = await startApi();
    const ran = await runBinary(['get', 'task-1', '--json'], { api });
    expect(ran.code).toBe(8);
    expect(ran.json).toEqual([expect.objectContaining({ id: 'task-1', outcome: 'running', exit_code: 8 })]);
  });

  it('ends with 2 on a usage error, having sent and printed nothing', async () => {
    const api = await startApi();
    const ran = await runBinary(['get', 'task-1', '--json', '--interval', '5'], { api, env: { EXTRUCT_API_URL: 'ftp://x' } });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(api.requests).toEqual([]);
  });

  it('ends with 4 where there is no token, having sent and printed nothing', async () => {
    const api = await startApi();
    const ran = await runBinary(['watch', 'task-1', '--json'], { api, env: { EXTRUCT_API_TOKEN: '' } });
    expect(ran).toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringContaining(
        'No API token found; set EXTRUCT_API_TOKEN, or --token-file to a file that holds it; https://app.extruct.ai/api-tokens makes one',
      ),
    });
    expect(api.requests).toEqual([]);
  });
});
