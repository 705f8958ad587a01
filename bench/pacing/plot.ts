import type { Figures } from './figures.ts';

/** The drawing area and what stands around it, in pixels. */
const BOX = { width: 640, height: 400, left: 64, right: 24, top: 24, bottom: 56 };

/** Mid-tones, which stand out on a light page as on a dark one. */
const INK = '#768390';
const COLORS = { auto: '#2da44e', other: '#539bf5' };

/** About what the longest name takes, in pixels. */
const NAME_WIDTH = 90;

const REQUEST_TICKS = [10, 20, 50, 100, 200];
const LATENESS_TICKS = [0.5, 1, 2, 5, 10, 20, 30];

/**
 * Requests against lateness as an SVG, for every pacer a dot at the median and a line up to p90. Both axes are logarithmic: a
 * pacer that asks twice as often ought to be half as late, and then lies on one slope with the fixed ones.
 */
export function plotOf(all: readonly Figures[]): string {
  const { width, height } = BOX;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    '<title>Requests and lateness of each pacer</title>',
    `<g font-family="ui-sans-serif, system-ui, sans-serif" font-size="12" fill="${INK}">`,
    ...REQUEST_TICKS.map(requestTick),
    ...LATENESS_TICKS.map(latenessTick),
    text(width / 2, height - 14, 'middle', 'requests a task, mean'),
    `<text transform="translate(16 ${height / 2}) rotate(-90)" text-anchor="middle">seconds late: dot p50, line up to p90</text>`,
    ...all.map((figures) => markOf(figures, all)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function requestTick(requests: number): string {
  const x = xOf(requests);
  return line(x, BOX.top, x, BOX.height - BOX.bottom, 0.25) + text(x, BOX.height - BOX.bottom + 18, 'middle', String(requests));
}

function latenessTick(seconds: number): string {
  const y = yOf(seconds);
  return line(BOX.left, y, BOX.width - BOX.right, y, 0.25) + text(BOX.left - 8, y + 4, 'end', `${seconds} s`);
}

function markOf({ name, requests, lateness }: Figures, all: readonly Figures[]): string {
  const [x, y] = [xOf(requests), yOf(lateness.p50)];
  // The name stands to the right, unless it would run over another's mark.
  const isCrowded = all.some((other) => {
    const away = xOf(other.requests) - x;
    return away > 0 && away < NAME_WIDTH && yOf(other.lateness.p90) - 12 < y && y < yOf(other.lateness.p50) + 12;
  });
  const at = isCrowded ? `x="${x - 9}" text-anchor="end"` : `x="${x + 9}"`;
  const color = name.startsWith('auto') ? COLORS.auto : COLORS.other;
  return [
    `<g stroke="${color}" stroke-width="2"><line x1="${x}" y1="${y}" x2="${x}" y2="${yOf(lateness.p90)}"/>`,
    `<circle cx="${x}" cy="${y}" r="5" fill="${color}" stroke="none"/></g>`,
    `<text ${at} y="${y + 4}" fill="${color}" font-weight="600">${name}</text>`,
  ].join('');
}

function line(x1: number, y1: number, x2: number, y2: number, opacity: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${INK}" opacity="${opacity}"/>`;
}

function text(x: number, y: number, anchor: string, words: string): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;
}

function xOf(requests: number): number {
  return Math.round(BOX.left + logPart(requests, 10, 250) * (BOX.width - BOX.left - BOX.right));
}

function yOf(seconds: number): number {
  return Math.round(BOX.height - BOX.bottom - logPart(seconds, 0.5, 32) * (BOX.height - BOX.top - BOX.bottom));
}

/** Where a value lies between two others on a logarithmic scale: 0 at the least, 1 at the most, and not beyond. */
function logPart(value: number, least: number, most: number): number {
  return Math.log(Math.min(most, Math.max(least, value)) / least) / Math.log(most / least);
}
