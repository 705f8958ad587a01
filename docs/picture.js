/*
 * Draws the README's pictures from a real run: `npm run picture`. The demo runs in a pseudo-terminal; the cells that stand on
 * the emulated screen after some seconds become an SVG, once for light and once for dark pages.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

const COLUMNS = 80;
const ROWS = 12;
/** When the task is well under way, in milliseconds from the start. */
const MOMENT = 9500;

const CELL = { width: 8.4, height: 19 };
const MARGIN = 16;
const FONT = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';

/** The page's colours, and what stands for the terminal's own: 2 green, 3 yellow, 6 cyan. */
const THEMES = {
  light: { page: '#f6f8fa', text: '#1f2328', colors: { 2: '#1a7f37', 3: '#9a6700', 6: '#0969da' } },
  dark: { page: '#0d1117', text: '#e6edf3', colors: { 2: '#3fb950', 3: '#d29922', 6: '#58a6ff' } },
};

function here(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** The screen at the moment, as a list of rows of runs of text that look alike. */
async function watchDemo() {
  const terminal = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  const env = { PATH: process.env.PATH, TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const demo = spawn(process.execPath, [here('../bin/extruct-task.js'), 'demo'], { cols: COLUMNS, rows: ROWS, env });
  demo.onData((data) => terminal.write(data));
  await delay(MOMENT);
  const rows = Array.from({ length: ROWS }, (_, y) => runsOf(terminal.buffer.active.getLine(y)));
  demo.kill();
  while (rows.at(-1)?.length === 0) rows.pop();
  return rows;
}

function runsOf(line) {
  const runs = [];
  for (let x = 0; x < COLUMNS; x++) {
    const cell = line.getCell(x);
    const text = cell.getChars() || ' ';
    const style = { color: cell.isFgDefault() ? null : cell.getFgColor(), bold: cell.isBold() > 0, dim: cell.isDim() > 0 };
    const last = runs.at(-1);
    if (last && JSON.stringify(last.style) === JSON.stringify(style)) last.text += text;
    else runs.push({ x, text, style });
  }
  return runs.filter(({ text }) => text.trim() !== '');
}

function svg(rows, theme) {
  const width = Math.ceil(COLUMNS * CELL.width + 2 * MARGIN);
  const height = rows.length * CELL.height + 2 * MARGIN;
  const texts = rows.flatMap((runs, y) => runs.map((run) => textOf(run, y, theme)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    '<title>extruct-task watches a task</title>',
    `<rect width="${width}" height="${height}" rx="8" fill="${theme.page}"/>`,
    `<g font-family="${FONT}" font-size="14" xml:space="preserve">`,
    ...texts,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function textOf({ x, text, style }, y, theme) {
  const fill = theme.colors[style.color] ?? theme.text;
  const columns = text.trimEnd().length;
  const attributes = [
    `x="${(MARGIN + x * CELL.width).toFixed(1)}"`,
    `y="${MARGIN + y * CELL.height + 14}"`,
    // Fixed widths: the bars line up in whatever font the reader has.
    `textLength="${(columns * CELL.width).toFixed(1)}"`,
    `fill="${fill}"`,
    ...(style.bold ? ['font-weight="bold"'] : []),
    ...(style.dim ? ['opacity="0.6"'] : []),
  ];
  return `<text ${attributes.join(' ')}>${escapeXml(text.trimEnd())}</text>`;
}

function escapeXml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const rows = await watchDemo();
for (const [name, theme] of Object.entries(THEMES)) writeFileSync(here(`picture-${name}.svg`), svg(rows, theme));
process.exit(0);
