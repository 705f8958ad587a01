import { describe, expect, it } from 'vitest';
import { body, startApi } from '../support/api.ts';
import { onLinux } from '../support/platform.ts';
import { BINARY, runBinary } from '../support/run.ts';
import { wireTask } from '../support/tasks.ts';

const created = body(200, JSON.stringify(wireTask({ id: 'new-1' })));

describe('the id of a task that was paid for', () => {
  onLinux('is told where the disk is full', async () => {
    const api = await startApi();
    api.replies(created);
    const env = { PROGRAM: `${process.execPath} ${BINARY}` };
    const ran = await runBinary(['$PROGRAM create x > /dev/full'], { api, shell: true, env });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/^Created task new-1\nerror: The output could not be written \(ENOSPC\); check .*\n$/);
  });

  it('is told where whoever was to read it has gone', async () => {
    const api = await startApi();
    api.replies(created);
    expect(await runBinary(['create', 'x'], { api, closeAtOnce: true })).toMatchObject({
      code: 141,
      stderr: 'Created task new-1\n',
    });
  });
});
