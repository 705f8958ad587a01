/* Makes SVGs of what stood on a screen: rows of runs of text that look alike. */

const CELL = { width: 8.4, height: 19 };
const MARGIN = 16;
const FONT = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';

/** The page's colours, and what stands for the terminal's own: 1 red, 2 green, 5 magenta, 6 cyan. */
export const THEMES = {
  light: { page: '#f6f8fa', text: '#1f2328', colors: { 1: '#cf222e', 2: '#1a7f37', 5: '#8250df', 6: '#0969da' } },
  dark: { page: '#0d1117', text: '#e6edf3', colors: { 1: '#ff7b72', 2: '#3fb950', 5: '#d2a8ff', 6: '#58a6ff' } },
};

/** What is drawn as a shape, in whatever font: the part of a cell's width, its top and its height. */
const SHAPES = {
  '━': [1, 0.44, 0.16],
  '╸': [0.5, 0.44, 0.16],
  '─': [1, 0.49, 0.05],
  ...Object.fromEntries([...'▁▂▃▄▅▆▇█'].map((sign, index) => [sign, [1, 0.86 - (index + 1) * 0.09, (index + 1) * 0.09]])),
};
const PIECES = /━+|╸|─+|▆+|[▁▂▃▄▅▇█]|[^━╸─▁▂▃▄▅▆▇█]+/g;

/** One moment. */
export function stillSvg(rows, columns, title, theme) {
  const last = rows.findLastIndex((runs) => runs.length > 0);
  const shown = rows.slice(0, last + 1);
  const drawn = shown.flatMap((runs, y) => runs.map((run) => drawRun(run, y, theme)));
  return page(shown.length, columns, title, theme, '', drawn);
}

/** All moments, one after the other, again and again; the still one for those who want nothing to move. */
export function movingSvg({ frames, endMs }, columns, title, theme) {
  const total = frames.at(-1).at + endMs;
  const percent = (at) => +((100 * at) / total).toFixed(2);
  const names = new Map();
  const drawn = spansOf(frames, total).map(({ run, y, from, to }) => {
    const key = `${percent(from)} ${percent(to)}`;
    if (!names.has(key)) names.set(key, `k${names.size}`);
    return `<g class="${names.get(key)}${to === total ? ' last' : ''}">${drawRun(run, y, theme)}</g>`;
  });
  const rules = [...names].map(([key, name]) => {
    const [from, to] = key.split(' ');
    const hidden = to === '100' ? '' : `${to}%{visibility:hidden}`;
    return `@keyframes ${name}{0%{visibility:hidden}${from}%{visibility:visible}${hidden}}.${name}{animation:${name} ${total}ms step-end infinite}`;
  });
  const still =
    '@media (prefers-reduced-motion:reduce){g g[class]{animation:none;visibility:hidden}g g.last[class]{visibility:visible}}';
  const height = Math.max(...frames.map(({ rows }) => rows.findLastIndex((runs) => runs.length > 0))) + 1;
  return page(height, columns, title, theme, `<style>${rules.join('')}${still}</style>`, drawn);
}

/** Each run of text with its row, and from when to when it stood there. */
function spansOf(frames, total) {
  const standing = new Map();
  const spans = [];
  for (const { at, rows } of frames) {
    const now = new Map(rows.flatMap((runs, y) => runs.map((run) => [JSON.stringify([y, run]), { run, y }])));
    for (const [key, span] of standing) {
      if (now.has(key)) continue;
      spans.push({ ...span, to: at });
      standing.delete(key);
    }
    for (const [key, { run, y }] of now) if (!standing.has(key)) standing.set(key, { run, y, from: at });
  }
  return [...spans, ...[...standing.values()].map((span) => ({ ...span, to: total }))];
}

function page(rows, columns, title, theme, style, drawn) {
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN);
  const height = rows * CELL.height + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${title}</title>${style}`,
    `<rect width="${width}" height="${height}" rx="8" fill="${theme.page}"/>`,
    `<g font-family="${FONT}" font-size="14" fill="${theme.text}" xml:space="preserve">`,
    ...drawn,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function drawRun({ x, text, style }, y, theme) {
  const fill = style.color === null ? '' : ` fill="${theme.colors[style.color] ?? theme.text}"`;
  return [...text.matchAll(PIECES)]
    .map(({ 0: piece, index }) =>
      drawPiece(piece, x + index, y, `${fill}${style.bold ? ' font-weight="bold"' : ''}${style.dim ? ' opacity="0.55"' : ''}`),
    )
    .join('');
}

function drawPiece(piece, column, y, attributes) {
  const left = round(MARGIN + column * CELL.width);
  const top = MARGIN + y * CELL.height;
  const shape = SHAPES[piece[0]];
  if (!shape) {
    const blanks = piece.length - piece.trimStart().length;
    const words = piece.trim();
    if (words === '') return '';
    const start = round(left + blanks * CELL.width);
    // Fixed widths: what stands in columns does so in whatever font the reader has.
    return `<text x="${start}" y="${top + 14}" textLength="${round(words.length * CELL.width)}"${attributes}>${escapeXml(words)}</text>`;
  }
  const [part, from, height] = shape;
  const width = round((piece.length - 1 + part) * CELL.width);
  return `<rect x="${left}" y="${round(top + from * CELL.height)}" width="${width}" height="${round(height * CELL.height)}"${attributes}/>`;
}

function round(number) {
  return +number.toFixed(1);
}

function escapeXml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
