import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBinary } from '../support/run.ts';

const PRETEND = resolve(import.meta.dirname, '../support/pretend-version.cjs').replaceAll('\\', '/');

/** Runs the program on a Node.js that says it is of another version. */
function runOn(version: string) {
  return runBinary(['--version'], { env: { NODE_OPTIONS: `--require "${PRETEND}"`, PRETEND_VERSION: version } });
}

describe('on a Node.js', () => {
  it.each(['6.17.1', '18.20.8', '20.9.0', '20.18.3'])('%s, too old, the program says so in one sentence', async (version) => {
    expect(await runOn(version)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `error: extruct-task needs Node.js 20.19 or newer, and this is ${version}; install a newer one and run it again\n`,
    });
  });

  it.each(['20.19.0', '21.0.0', '22.1.0', '100.0.0-nightly'])('%s the program runs', async (version) => {
    expect(await runOn(version)).toMatchObject({ code: 0, stderr: '' });
  });

  it('that is too old it says so of the version that the package asks for', () => {
    const { engines } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(engines).toEqual({ node: '>=20.19' });
  });
});
