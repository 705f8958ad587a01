/*
 * Draws the README's pictures from real runs, each for light and for dark pages: `npm run picture`. The program runs in a
 * pseudo-terminal, and what stands on the emulated screen becomes an SVG: a still of one task, a still of several, and the demo from
 * its start to its end, which CSS moves.
 */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { startSandbox } from '../dist/library/sandbox.js';
import { movingSvg, stillSvg, THEMES } from './picture-svg.js';

const COLUMNS = 92;

/** When the demo's task is well under way, and how often the screen is looked at, in milliseconds. */
const MOMENT_MS = 9500;
const LOOK_MS = 200;

/** When several tasks are well under way. */
const SEVERAL_MS = 28_000;

/** How long the end of the moving picture stands, in milliseconds. */
const END_MS = 6000;

/** What the sandbox's tasks are called, by the ID that says how they go. */
const QUERIES = {
  'flaky-1': 'breweries that sell malt',
  'stalled-1': 'makers of satellites',
  'done-1': 'vertical SaaS for freight',
  'done-3': 'wood-fired bakeries in the Alps',
  'slow-1': 'battery recyclers with a plant of their own',
  'failed-1': 'solar installers in Spain',
  'exhausted-2': 'dairies that deliver at night',
  'instant-1': 'heat-pump makers in France',
};

function here(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** Runs the program on a screen of `rows` rows. */
function runOnScreen(args, rows, env = {}) {
  const terminal = new xterm.Terminal({ cols: COLUMNS, rows, allowProposedApi: true });
  const settings = { PATH: process.env.PATH, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env };
  const program = spawn(process.execPath, [here('../bin/extruct-task.js'), ...args], { cols: COLUMNS, rows, env: settings });
  program.onData((data) => terminal.write(data));
  const ended = new Promise((resolve) => program.onExit(resolve));
  return { program, ended, look: () => Array.from({ length: rows }, (_, y) => runsOf(terminal.buffer.active.getLine(y))) };
}

/** A line as runs of text that look alike. */
function runsOf(line) {
  const runs = [];
  for (let x = 0; x < COLUMNS; x += 1) {
    const cell = line.getCell(x);
    const text = cell.getChars() || ' ';
    const style = { color: cell.isFgDefault() ? null : cell.getFgColor(), bold: cell.isBold() > 0, dim: cell.isDim() > 0 };
    const last = runs.at(-1);
    const isSame = last && JSON.stringify(last.style) === JSON.stringify(style);
    // Two blanks part what moves apart from what does not.
    if (isSame && !(last.text.endsWith('  ') && text !== ' ') && x !== 1) last.text += text;
    else runs.push({ x, text, style });
  }
  return runs.filter(({ text }) => text.trim() !== '').map((run) => ({ ...run, text: run.text.trimEnd() }));
}

/** The demo, from its start to its end: what stood on the screen, and when. */
async function recordDemo() {
  const { look, ended } = runOnScreen(['demo'], 22);
  const startedAt = Date.now();
  const frames = [];
  let isOver = false;
  void ended
    .then(() => delay(LOOK_MS))
    .then(() => {
      isOver = true;
    });
  while (!isOver) {
    frames.push({ at: Date.now() - startedAt, rows: look() });
    await delay(LOOK_MS);
  }
  return { frames: [...frames, { at: Date.now() - startedAt, rows: look() }], endMs: END_MS };
}

function named(task) {
  return { ...task, query: QUERIES[task.id] ?? task.query };
}

/** Several tasks in a sandbox that runs five times as fast, each under the name of a search. */
async function watchSeveral() {
  const sandbox = await startSandbox({ speed: 5 });
  const server = createServer(async (request, response) => {
    const { authorization } = request.headers;
    // A simulated reset is passed on.
    const answer = await fetch(new URL(request.url, sandbox.url), { headers: { authorization } }).catch(() => null);
    if (!answer) return request.socket.destroy();
    const body = await answer.text();
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') });
    response.end(answer.ok ? JSON.stringify(named(JSON.parse(body))) : body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const env = { EXTRUCT_API_URL: `http://127.0.0.1:${server.address().port}`, EXTRUCT_API_TOKEN: sandbox.token };
  const { program, look } = runOnScreen(['watch', ...Object.keys(QUERIES), '--interval', '1s'], 12, env);
  await delay(SEVERAL_MS);
  const rows = look();
  program.kill();
  server.close();
  await sandbox.close();
  return rows;
}

const [recording, several] = await Promise.all([recordDemo(), watchSeveral()]);
const still = recording.frames.findLast(({ at }) => at <= MOMENT_MS).rows.slice(1);
for (const [name, theme] of Object.entries(THEMES)) {
  writeFileSync(here(`picture-${name}.svg`), stillSvg(still, COLUMNS, 'extruct-task watches a task', theme));
  writeFileSync(here(`several-${name}.svg`), stillSvg(several, COLUMNS, 'extruct-task watches several tasks', theme));
  writeFileSync(here(`demo-${name}.svg`), movingSvg(recording, COLUMNS, 'extruct-task demo', theme));
}
process.exit(0);
