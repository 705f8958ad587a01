/*
 * How long a script waits for the program: `npm run bench`, or `node bench/startup.js 51` for that many rounds. Each command is
 * compared with Node doing nothing, and with curl piped into jq, which is what a script would use in its place.
 */
import { fork, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { markdownTable, peakMemory, run, timeInTurn } from './measure.js';

const FEWEST_ROUNDS = 21;
const MEMORY_ROUNDS = 7;

/** What the live view writes behind each frame: synchronized output ends. The first one stands there before there is an answer. */
const END_OF_FRAME = '\u001B[?2026l';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

function requireTools() {
  const missing = ['curl', 'jq'].filter((tool) => spawnSync(tool, ['--version']).error);
  if (missing.length === 0) return;
  console.error(`error: ${missing.join(' and ')} cannot be run; install what is missing: start-up is compared with curl | jq`);
  process.exit(1);
}

/** What is timed. `goal` holds the ratios to reach: to bare node, to curl piped into jq. */
function commandsFor({ http, https }, certificates) {
  // Nothing of the user's: NODE_EXTRA_CA_CERTS alone takes 50 ms on Node 20, a proxy would be asked, NODE_OPTIONS loads anything.
  const plain = { PATH: process.env.PATH, EXTRUCT_API_TOKEN: 'bench-0123456789', EXTRUCT_API_URL: `http://localhost:${http}` };
  // Both sides read the same file: the authorities that Node knows, as for the real API, and the server's own certificate.
  // Node takes as long for it as for the list it is built with, and is told of it without NODE_EXTRA_CA_CERTS.
  const tls = { ...plain, EXTRUCT_API_URL: `https://localhost:${https}`, SSL_CERT_FILE: certificates };
  const bin = here('../bin/extruct-task.js');
  const program = (...args) => [process.execPath, bin, ...args];
  const request = '-sSf -H "Authorization: Bearer $EXTRUCT_API_TOKEN" "$EXTRUCT_API_URL/v1/discovery_tasks/t"';
  const curl = (flags) => ['sh', '-c', `curl ${flags} ${request} | jq -c .`];
  return [
    { name: 'node -e 0', words: [process.execPath, '-e', '0'], env: plain },
    { name: 'curl \\| jq, http', words: curl(''), env: plain },
    { name: 'curl \\| jq, https', words: curl('--cacert "$SSL_CERT_FILE"'), env: tls },
    { name: '--version', words: program('--version'), env: plain, goal: [1.45] },
    { name: '--help', words: program('--help'), env: plain, goal: [1.45] },
    { name: 'get --json, http', words: program('get', 't', '--json'), env: plain, goal: [3.0, 4.3], rival: 1 },
    {
      name: 'get --json, https',
      words: [process.execPath, '--use-openssl-ca', bin, 'get', 't', '--json'],
      env: tls,
      goal: [4.3, 2.7],
      rival: 2,
    },
    { name: 'watch, first frame', words: program('watch', 't'), env: plain, until: END_OF_FRAME, goal: [3.8] },
    { name: 'get, http', words: program('get', 't'), env: plain, rival: 1 },
  ];
}

/** All of them have to give the same task before their time means anything. */
function checkAnswers(commands) {
  for (const { name, ...command } of commands.filter(({ until }) => until === undefined)) {
    const text = run(command);
    if (/get|curl/.test(name) && !/solar companies/.test(text)) throw new Error(`${name} did not print the task: ${text}`);
  }
}

function timeTable(commands, times) {
  const ratio = (time, base, goal) => `${(time / base).toFixed(2)}${goal ? ` (≤ ${goal})` : ''}`;
  const rows = commands.map(({ name, goal = [], rival }, index) => [
    name,
    times[index].toFixed(1),
    ratio(times[index], times[0], goal[0]),
    rival === undefined ? '' : ratio(times[index], times[rival], goal[1]),
  ]);
  return markdownTable(['command', 'ms', '× bare node', '× curl \\| jq'], rows);
}

function memoryTable(commands) {
  const measured = commands.filter(({ name }) => /^node|^get --json/.test(name));
  const peaks = measured.map((command) => peakMemory(command, MEMORY_ROUNDS));
  if (peaks[0] === null) return 'Peak memory is not measured: there is no /usr/bin/python3 to tell it.';
  const rows = measured.map(({ name }, index) => [name, peaks[index].toFixed(1), (peaks[index] / peaks[0]).toFixed(2)]);
  return markdownTable(['peak memory', 'MB', '× bare node'], rows);
}

async function main(ports, certificates) {
  const rounds = Math.max(FEWEST_ROUNDS, Number(process.argv[2]) || FEWEST_ROUNDS);
  const commands = commandsFor(ports, certificates);
  checkAnswers(commands);
  console.log(`Medians of ${rounds} rounds; Node ${process.versions.node}, ${cpus()[0]?.model}, ${cpus().length} cores\n`);
  console.log(timeTable(commands, await timeInTurn(commands, rounds)));
  console.log(`\n${memoryTable(commands)}`);
}

requireTools();
const folder = mkdtempSync(join(tmpdir(), 'extruct-task-bench-'));
const certificates = join(folder, 'certificates.pem');
writeFileSync(certificates, [...rootCertificates, readFileSync(here('../test/support/tls/cert.pem'), 'utf8')].join('\n'));
const server = fork(here('server.js'));
try {
  await main(await new Promise((resolve) => server.once('message', resolve)), certificates);
} finally {
  server.disconnect();
  rmSync(folder, { recursive: true });
}
