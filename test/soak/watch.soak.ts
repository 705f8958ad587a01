import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { BINARY, TOKEN } from '../support/run.ts';
import { ENDED } from '../support/tasks.ts';
import { type Plan, startUnreliable } from './server.ts';

/** The second minute is compared with a late one, so that fewer than four would say nothing. */
const MINUTES = Math.max(4, Number(process.env.SOAK_MINUTES ?? 10));
const TASKS = 500;
const MINUTE = 60_000;
const DURATION_MS = MINUTES * MINUTE;
const SAMPLE_MS = 5000;

const ENDINGS = ['done', 'exhausted', 'failed'] as const;

/** Nine tasks of ten are watched to the last half minute: it is the long watch that is tried. */
function plan(index: number): Plan {
  const early = index % 10 === 0;
  const endsAt = early ? DURATION_MS * Math.random() : DURATION_MS - 30_000 * Math.random();
  return { endsAt, ending: ENDED[endingOf(index)] };
}

function endingOf(index: number): (typeof ENDINGS)[number] {
  return ENDINGS[index % ENDINGS.length] ?? 'done';
}

/** Resident memory of a process, in MiB. */
function memoryOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

it(`watches ${TASKS} tasks for ${MINUTES} minutes through every fault of a service, and the end of the terminal`, async () => {
  const plans = new Map(Array.from({ length: TASKS }, (_, index) => [`soak-${index}`, plan(index)]));
  const service = await startUnreliable(plans);
  const watch = [BINARY, 'watch', '-', '--json', '--interval', '1s', '--progress', 'none'];
  // bash runs its only command in its own place, so the process is the program's.
  const child = spawn('bash', ['--norc', '-c', 'nohup "$@"', 'bash', process.execPath, ...watch], {
    env: { PATH: process.env.PATH, EXTRUCT_API_URL: service.url, EXTRUCT_API_TOKEN: TOKEN },
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.end([...plans.keys()].join('\n'));
  const outcomes = new Map<string, string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, outcome, exit_code } = JSON.parse(line) as { id: string; outcome: string; exit_code?: number };
    if (exit_code !== undefined) outcomes.set(id, `${outcomes.has(id) ? 'twice: ' : ''}${outcome}`);
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });

  const memory: { at: number; mib: number; answers: number }[] = [];
  const startedAt = performance.now();
  const restart = async () => {
    await service.down();
    await delay(SAMPLE_MS);
    await service.up();
  };
  const events: [at: number, happens: () => void | Promise<void>][] = [
    [DURATION_MS / 4, () => service.useUp(SAMPLE_MS)],
    [DURATION_MS / 3, restart],
    [DURATION_MS / 2, service.cut],
    [DURATION_MS / 2, () => void child.kill('SIGHUP')],
    [(2 * DURATION_MS) / 3, restart],
  ];
  while (child.exitCode === null && child.signalCode === null) {
    await Promise.race([delay(SAMPLE_MS), exited]);
    if (child.exitCode !== null) break;
    const at = performance.now() - startedAt;
    memory.push({ at, mib: memoryOf(child.pid ?? 0), answers: service.counts().answers });
    if (memory.length % 6 === 0) report(at, memory.at(-1)?.mib, service.counts());
    while (events[0] && at > events[0][0]) await events.shift()?.[1]();
  }

  expect(await exited).toBe(3);
  expect(stderr).toBe('');
  expect(events).toEqual([]);
  expect(service.counts().refused).toBeGreaterThan(0);
  expect([...outcomes].toSorted()).toEqual([...plans.keys()].map((id, index) => [id, endingOf(index)]).toSorted());
  expect(service.overlaps).toEqual([]);
  const between = (from: number, to: number) => memory.filter(({ at }) => at >= from && at < to);
  const lastMinute = between(DURATION_MS - 1.5 * MINUTE, DURATION_MS - MINUTE / 2);
  const early = median(between(MINUTE, 2 * MINUTE).map(({ mib }) => mib));
  const late = median(lastMinute.map(({ mib }) => mib));
  const [from, to] = [lastMinute.at(0), lastMinute.at(-1)];
  const perSecond = from && to ? (to.answers - from.answers) / ((to.at - from.at) / 1000) : 0;
  console.log(`Memory: ${early.toFixed(0)} MiB in the second minute, ${late.toFixed(0)} MiB before the end`);
  console.log(`${perSecond.toFixed(0)} answers a second in the last minute`);
  expect(late).toBeLessThan(early * 1.15);
  // After the refusals for the rate the pace has come back.
  expect(perSecond).toBeGreaterThan(TASKS / 10);
});

type Counts = ReturnType<Awaited<ReturnType<typeof startUnreliable>>['counts']>;

function report(at: number, mib: number | undefined, { answers, failures, refused }: Counts): void {
  const counts = `${answers} answers, ${failures} of them failures; ${refused} refused for the rate`;
  console.log(`${Math.round(at / 1000)} s: ${mib?.toFixed(0)} MiB, ${counts}`);
}
