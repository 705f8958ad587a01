/*
 * Thousands of tasks in one process: `npm run bench:many`, or behind `--` a number of rounds, of tasks, and of seconds between two polls of
 * one: `npm run bench:many -- 3 20000 20`. The program, without and with
 * its live table, in turn with the same polls by Node alone. Takes minutes: what counts is what it is like after a while.
 */
import { fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import { markdownTable, median } from '../measure.js';

const [ROUNDS = 3, TASKS = 5000, SECONDS = 5] = process.argv.slice(2).map(Number);
const INTERVAL_MS = SECONDS * 1000;
const POLLS_PER_SECOND = (TASKS * 1000) / INTERVAL_MS;
// Each task has been polled at least twice by then, on a busy machine too.
const WARM_UP_MS = Math.max(20_000, 3 * INTERVAL_MS);
const MEASURED_MS = Math.max(20_000, INTERVAL_MS);

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ids = Array.from({ length: TASKS }, (_, index) => `task-${index}`);

const CONTESTANTS = [
  { name: 'node:http alone', args: (url) => [here('bare.js'), url, String(TASKS), String(INTERVAL_MS)] },
  { name: 'watch, no progress', args: () => watch('none') },
  { name: 'watch, live table', args: () => watch('live') },
];

function watch(progress) {
  return [here('../../bin/extruct-task.js'), 'watch', ...ids, '--interval', `${INTERVAL_MS}ms`, '--progress', progress];
}

/** Runs one in a terminal against a fresh server, lets it warm up, and gives what it took from then on. */
async function measure({ args }) {
  const server = fork(here('server.js'), [String(INTERVAL_MS)]);
  const [{ port }] = await once(server, 'message');
  let [late, mostSockets] = [[], 0];
  server.on('message', (news) => {
    late.push(...news.late);
    mostSockets = news.mostSockets;
  });
  const usage = createSocket('udp4');
  await new Promise((resolve) => usage.bind(0, '127.0.0.1', resolve));
  const samples = [];
  usage.on('message', (text) => samples.push(JSON.parse(text)));
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    EXTRUCT_API_URL: url,
    EXTRUCT_API_TOKEN: 'bench-0123456789',
    // In each process alike, so that it changes no ratio.
    NODE_OPTIONS: `--import ${new URL('usage.js', import.meta.url)}`,
    BENCH_USAGE_PORT: String(usage.address().port),
  };
  const child = spawn(process.execPath, args(url), { env, cols: 120, rows: 40 });
  child.onData(() => {});
  await delay(WARM_UP_MS);
  const from = samples.at(-1);
  late = [];
  await delay(MEASURED_MS);
  const to = samples.at(-1);
  child.kill('SIGKILL');
  server.kill();
  usage.close();
  late.sort((a, b) => a - b);
  const seconds = (to.at - from.at) / 1000;
  return {
    cpu: (to.cpu - from.cpu) / seconds / 1e6,
    memory: Math.max(...samples.map(({ memory }) => memory)) / 1e6,
    polls: late.length / (MEASURED_MS / 1000),
    p99: late[Math.floor(late.length * 0.99)] ?? Number.NaN,
    mostSockets,
  };
}

const rounds = CONTESTANTS.map(() => []);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [index, contestant] of CONTESTANTS.entries()) rounds[index].push(await measure(contestant));
}
const middle = rounds.map((all) =>
  Object.fromEntries(Object.keys(all[0]).map((key) => [key, median(all.map((figures) => figures[key]))])),
);
const [bare, quiet, live] = middle;
const rows = middle.map((figures, index) => [
  CONTESTANTS[index].name,
  String(Math.round(figures.polls)),
  `${Math.round((figures.cpu * 1e6) / POLLS_PER_SECOND)} µs`,
  (figures.cpu / bare.cpu).toFixed(2),
  `${Math.round(figures.memory)} MB`,
  `${figures.p99.toFixed(1)} ms`,
  String(figures.mostSockets),
]);
console.log(
  `${TASKS} tasks, medians of ${ROUNDS} rounds, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}\n`,
);
console.log(markdownTable(['', 'polls a second', 'CPU a poll', '×', 'peak memory', 'late, p99', 'sockets'], rows));
console.log(`\nThe live table takes ${(100 * (live.cpu - quiet.cpu)).toFixed(1)} % of a core.`);
process.exit();
