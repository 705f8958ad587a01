import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { spawn } from '@lydell/node-pty';

/** The interpreter itself: a version manager's shim would be measured along with the command. */
const PYTHON = '/usr/bin/python3';

// A process's peak memory is told to its parent alone, and Node does not pass it on. In kilobytes on Linux, in bytes on macOS.
const PEAK = [
  'import resource, subprocess, sys',
  'subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)',
  'print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)',
].join('; ');

/** Runs a command to its end; gives what it printed. Throws where it failed: a failure is quick, and no result. */
export function run({ words: [program, ...args], env }) {
  const { status, error, stdout, stderr } = spawnSync(program, args, { env, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

/**
 * Runs a command in a pseudo-terminal until what it printed holds `until`, then ends it; gives what it printed. Throws where it ended
 * before.
 */
function runUntil({ words: [program, ...args], env, until }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...env, TERM: 'xterm-256color' }, cols: 120, rows: 40 });
    let printed = '';
    child.onData((text) => {
      printed += text;
      if (!printed.includes(until)) return;
      child.kill('SIGKILL');
      resolve(printed);
    });
    child.onExit(() => reject(new Error(`${[program, ...args].join(' ')} ended before its first frame: ${printed}`)));
  });
}

/**
 * Times commands in turn, `rounds` times round, so that whatever else the machine does meets all of them; the first round is
 * not counted. Each is timed to its end, or until it printed what it has as `until`. Gives the median of each in milliseconds.
 */
export async function timeInTurn(commands, rounds) {
  const times = commands.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, command] of commands.entries()) {
      const start = performance.now();
      if (command.until === undefined) run(command);
      else await runUntil(command);
      if (round > 0) times[index].push(performance.now() - start);
    }
  }
  return times.map(median);
}

/** The median peak memory of a command in megabytes; null where there is nobody to tell. */
export function peakMemory({ words, env }, rounds) {
  if (!existsSync(PYTHON)) return null;
  const peaks = Array.from({ length: rounds }, () => Number(run({ words: [PYTHON, '-c', PEAK, ...words], env })));
  return median(peaks) / (process.platform === 'darwin' ? 1024 ** 2 : 1024);
}

/** The middle one. */
export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Rows as a table in Markdown, which is what docs/performance.md takes. */
export function markdownTable(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const line = (row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
