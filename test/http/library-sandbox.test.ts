import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Extruct } from '../../src/index.ts';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';
import { listen } from '../support/api.ts';
import { thrownBy } from '../support/library.ts';

async function open(options?: SandboxOptions) {
  const sandbox = await startSandbox(options);
  onTestFinished(sandbox.close);
  return { ...sandbox, extruct: new Extruct({ token: sandbox.token, apiUrl: sandbox.url }) };
}

describe('the sandbox for tests of others', () => {
  it('serves on a free port, at the speed that is wished for', async () => {
    const { url, extruct } = await open({ speed: 2000 });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { id } = await extruct.tasks.create({ query: 'solar', desired_num_results: 10 });
    expect(await extruct.tasks.wait(id, { intervalMs: 100 })).toMatchObject({ kind: 'done', task: { num_results: 10 } });
  });

  it('has the tasks of its scenarios, in their own time', async () => {
    const { extruct } = await open();
    expect(await extruct.tasks.get('done')).toMatchObject({ num_results: 0 });
    expect(await extruct.tasks.get('instant')).toMatchObject({ status: 'done' });
  });

  it('is gone once it is closed, whoever is connected', async () => {
    const { extruct, close } = await open();
    await extruct.tasks.get('done');
    await close();
    expect(await thrownBy(extruct.tasks.get('done', { retryForMs: 0 }))).toMatchObject({ kind: 'unreachable' });
  });

  it('throws where its port cannot be had', async () => {
    const port = Number(new URL(await listen(createServer())).port);
    expect(await thrownBy(startSandbox({ port }))).toEqual(new Error(`port ${port} cannot be used (EADDRINUSE)`));
  });

  it.each<[object, ErrorConstructor, string]>([
    [{ port: 65_536 }, RangeError, 'port has to be a whole number from 0 to 65535'],
    [{ port: '80' }, RangeError, 'port has to be a whole number from 0 to 65535'],
    [{ speed: 0 }, RangeError, 'speed has to be a number above 0'],
    [{ speed: Number.POSITIVE_INFINITY }, RangeError, 'speed has to be a number above 0'],
    [{ sped: 1 }, TypeError, "there is no option 'sped'"],
  ])('throws for %j', async (options, kind, message) => {
    expect(await thrownBy(startSandbox(options))).toEqual(new kind(message));
  });
});
