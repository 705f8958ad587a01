/*
 * `npm run test:runtimes`: the journeys on Node.js, Bun and Deno. The two are fetched from the npm registry into a folder that is removed
 * at the end; nothing of them runs at their installation.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goAll } from './journeys.js';

const machine = `${process.platform}-${process.arch}`;
const DENO = process.platform === 'linux' ? `@deno/${machine}-glibc` : `@deno/${machine}`;
const BUN = `@oven/bun-${machine === 'linux-arm64' ? 'linux-aarch64' : machine}`;

const folder = mkdtempSync(join(tmpdir(), 'extruct-task-'));
const npm = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--prefix', folder, BUN, DENO], { stdio: 'inherit' });
if (npm.status !== 0) process.exit(1);

const inFolder = (path) => join(folder, 'node_modules', path);
let failures = 0;
for (const [name, command] of [
  ['Node.js', [process.execPath]],
  ['Bun', [inFolder(`${BUN}/bin/bun`)]],
  ['Deno', [inFolder(`${DENO}/deno`), 'run', '--allow-all']],
]) {
  const said = spawnSync(command[0], ['--version'], { encoding: 'utf8' }).stdout.split('\n')[0];
  console.log(`${name} (${said}):`);
  failures += await goAll(command);
}
rmSync(folder, { recursive: true, force: true });
process.exit(failures === 0 ? 0 : 1);
