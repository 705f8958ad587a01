import type { ChalkInstance } from 'chalk';
import { formatDuration } from '../core/duration.ts';
import type { Progress } from '../core/progress.ts';
import { gains, ratePerMinute } from '../core/samples.ts';
import { FUNNEL_STEPS, type Funnel, type TaskSnapshot } from '../core/task.ts';
import { bar, blocks, sparkline } from './bar.ts';
import {
  count,
  countdown,
  cut,
  ELAPSED_COLUMNS,
  elapsed,
  figureColumns,
  fitting,
  formatRate,
  padEnd,
  padStart,
  share,
} from './format.ts';
import { paintMark, standstillMs } from './marks.ts';
import type { Screen } from './screen.ts';
import { leftWords } from './time-left.ts';
import { widthOf } from './width.ts';
import { outageWords, settlingWords, surpriseWords } from './words.ts';

/**
 * A line with its mark and its rank: of a screen too low, the lines of the highest rank fall away first. The mark stands before
 * the text, in two columns.
 */
interface Line {
  readonly rank: number;
  readonly text: string;
  readonly mark?: string;
}

/** What is drawn, and the room that there is for it beside the marks. */
interface Picture {
  readonly progress: Progress;
  readonly now: number;
  /** Display columns; of the screen as well, which may be wider. */
  readonly columns: number;
  readonly screenColumns: number;
  readonly paint: ChalkInstance;
}

const MARK_COLUMNS = 2;

/** Nothing is drawn further to the right: what belongs together would be too far apart. */
const WIDEST = 100;

/** From here on the funnel has a row for each step, and from here on each says what it is a share of. */
const [ROWS_FROM, SHARES_FROM] = [46, 70];

/** The lines of the funnel with what stands above it. */
const FUNNEL_ROWS = 8;

/** Room for labels and figures, from the first frame on: no figure that comes later moves what stands behind it. */
const FIGURE_COLUMNS = 21;
const [TIME_COLUMNS, SHORT_TIME_COLUMNS, SHORT_TIME_FROM] = [19, 14, 34];
const PERCENT_COLUMNS = 4;
const BLOCK_COLUMNS = 24;
const DIGITS = 4;

/** The best companies are named only where all else has its place. */
const ROWS_WITH_COMPANIES = 13;
const LEAST_COMPANY_COLUMNS = 16;

/** One task: its query and the clock, high-fit against the target and the time left, the funnel, the pace, and what is odd. */
export function taskView(progress: Progress, now: number, screen: Screen, paint: ChalkInstance): string[] {
  const columns = Math.max(1, Math.min(screen.columns, WIDEST) - MARK_COLUMNS);
  const picture = { progress, now, columns, screenColumns: screen.columns - MARK_COLUMNS, paint };
  const hasRows = screen.columns >= ROWS_FROM && screen.rows >= FUNNEL_ROWS;
  const lines = [
    headLine(picture, hasRows),
    goalLine(picture),
    ...(hasRows ? funnelRows(picture) : funnelLines(picture)),
    ...odditiesOf(picture),
    ...(screen.rows >= ROWS_WITH_COMPANIES ? companyLines(picture) : []),
  ];
  const kept = new Set(lines.toSorted((a, b) => a.rank - b.rank).slice(0, Math.max(1, screen.rows)));
  return lines.filter((line) => kept.has(line)).map(({ mark = ' ', text }) => `${mark} ${text}`.trimEnd());
}

/** The query, whole where the screen is wide enough, and where there is room the time since the watch began. */
function headLine(picture: Picture, hasRows: boolean): Line {
  const { progress, now, columns, screenColumns, paint } = picture;
  const name = progress.task?.query || progress.id;
  if (!hasRows && !isWide(picture)) return { rank: 1, text: paint.bold(cut(name, columns)) };
  const behind = ELAPSED_COLUMNS + 2;
  const query = cut(name, screenColumns - behind);
  const blanks = ' '.repeat(Math.max(0, columns - behind - widthOf(query)));
  return { rank: 1, text: `${paint.bold(query)}${blanks}  ${padStart(elapsed(progress, now), ELAPSED_COLUMNS)}` };
}

function isWide({ columns }: Picture): boolean {
  return columns + MARK_COLUMNS >= SHARES_FROM;
}

/** High-fit results against the target: the one bar that stands out. */
function goalLine(picture: Picture): Line {
  const { progress, columns, paint } = picture;
  const { task } = progress;
  const wide = isWide(picture);
  const figures = task ? figuresOf(task, wide) : '';
  const room = wide ? FIGURE_COLUMNS : figureColumns([progress], columns < SHORT_TIME_FROM);
  const percent = wide ? `  ${(task ? share(task.funnel.highFit, task.target) : '').padStart(PERCENT_COLUMNS)}` : '';
  const timeColumns = wide ? TIME_COLUMNS : columns < SHORT_TIME_FROM ? 0 : SHORT_TIME_COLUMNS;
  const time = timeColumns > 0 ? `  ${padStart(timeLeft(progress, timeColumns), timeColumns)}` : '';
  const start = padEnd(figures, room);
  const length = columns - widthOf(start) - 1 - (wide ? 1 : 0) - percent.length - time.length;
  if (length < 3) return { rank: 0, text: cut(figures, columns) };
  const { filled, rest } = bar(task?.funnel.highFit ?? 0, task?.target ?? 0, length);
  return { rank: 0, text: `${start}${wide ? '  ' : ' '}${paint.green(filled)}${paint.dim(rest)}${percent}${time}` };
}

function figuresOf({ funnel, target }: TaskSnapshot, wide: boolean): string {
  return wide ? `${count(funnel.highFit)} of ${count(target)} high-fit` : `${count(funnel.highFit)}/${count(target)}`;
}

function timeLeft(progress: Progress, columns: number): string {
  return fitting([...leftWords(progress), ''], columns);
}

/** The four steps of the funnel, each with a quiet row of blocks by the first, and the pace. */
function funnelRows(picture: Picture): Line[] {
  const { progress, columns } = picture;
  const { task } = progress;
  const most = Math.min(BLOCK_COLUMNS, columns - FIGURE_COLUMNS - 2);
  const rows = FUNNEL_STEPS.map(([step, label], index): Line => {
    const figure = task ? count(task.funnel[step]) : '';
    const start = `${label} ${padStart(figure, FIGURE_COLUMNS - 3 - label.length)}`;
    const drawn = task ? blocks(task.funnel[step], task.funnel.discovered, most) : '';
    return { rank: 6 - index, text: besideBlocks(start, drawn, shareWords(task?.funnel, index), picture) };
  });
  return [{ rank: 7, text: '' }, ...rows, paceRow(picture, most)];
}

/** A row of figures, blocks and words, each in its column; the words only where there is room for them. */
function besideBlocks(figures: string, drawn: string, words: string, picture: Picture): string {
  // Dim for quiet: what it shows is in the figures and the words too.
  const start = `${padEnd(figures, FIGURE_COLUMNS)}  ${picture.paint.dim(drawn)}`;
  if (!isWide(picture)) return start;
  const room = picture.columns - FIGURE_COLUMNS - BLOCK_COLUMNS - 4;
  return `${start}${' '.repeat(BLOCK_COLUMNS - widthOf(drawn))}  ${fitting([words, ''], room)}`;
}

function shareWords(funnel: Funnel | undefined, index: number): string {
  const [before, step] = [FUNNEL_STEPS[index - 1], FUNNEL_STEPS[index]];
  if (!funnel || !before || !step) return '';
  const passed = share(funnel[step[0]], funnel[before[0]]);
  return passed === '' ? '' : `${passed.padStart(PERCENT_COLUMNS)} of ${before[1]}`;
}

function paceRow(picture: Picture, most: number): Line {
  const { progress, now } = picture;
  const spark = sparkline(gains(progress.samples ?? [], most));
  return { rank: 5, text: besideBlocks(paceWords(progress), spark, nextWords(progress, now), picture) };
}

function paceWords({ samples }: Progress): string {
  const rate = ratePerMinute(samples ?? []);
  return rate === null ? '' : `${formatRate(Math.max(0, rate))} a minute`;
}

/** A poll that is due for longer than this waits for its turn or its answer, in milliseconds. */
const OVERDUE_MS = 1000;

function nextWords({ nextPollAt, outage, outcome, task }: Progress, now: number): string {
  if (outage || outcome) return '';
  if (nextPollAt === null) return task ? '' : 'awaiting an answer';
  return now - nextPollAt > OVERDUE_MS ? 'awaiting an answer' : `next check in ${countdown(nextPollAt, now)}`;
}

/** The funnel in one line, where there is no room for rows; with the clock, or above it. */
function funnelLines(picture: Picture): Line[] {
  const { progress, now, columns } = picture;
  const time = padStart(elapsed(progress, now), ELAPSED_COLUMNS);
  const steps = FUNNEL_STEPS.map(([step]) => (progress.task ? count(progress.task.funnel[step]) : ''));
  const isKnown = progress.task !== null;
  const spaced = steps.map((figure) => padStart(figure, DIGITS)).join(isKnown ? ' › ' : '   ');
  if (isWide(picture)) {
    const words = `${spaced}   ${padEnd(paceWords(progress), 14)}  ${nextWords(progress, now)}`;
    return [{ rank: 3, text: fitting([words, spaced, ''], columns) }];
  }
  const room = columns - ELAPSED_COLUMNS - 1;
  if (widthOf(spaced) <= room) return [{ rank: 3, text: `${padEnd(spaced, room)} ${time}` }];
  const packed = isKnown ? steps.join('›') : '';
  const left = timeLeft(progress, Math.max(0, columns - ELAPSED_COLUMNS - 1));
  return [
    { rank: 4, text: fitting([packed, ''], columns) },
    { rank: 3, text: left + padStart(time, columns - widthOf(left)) },
  ];
}

/** An outage, a task that does not move, one that is not what it was; each in the longest wording that fits. */
function odditiesOf({ progress, now, columns, paint }: Picture): Line[] {
  const { outage, surprise, task } = progress;
  const still = standstillMs(progress, now);
  const settling = task && !progress.outcome ? settlingWords(task) : [];
  const line = (mark: string, wordings: readonly string[]): Line[] =>
    wordings.length === 0 ? [] : [{ rank: 2, mark: paintMark(mark, null, paint), text: fitting(wordings, columns) }];
  return [
    ...line('!', outage ? outageWords(outage, now) : []),
    ...line('…', still === null ? [] : [`no change for ${formatDuration(still)}`]),
    ...line('!', surprise ? surpriseWords(surprise) : []),
    ...line('…', settling),
  ];
}

/** The best companies so far: name, country, relevance. */
function companyLines({ progress, columns }: Picture): Line[] {
  const { best } = progress;
  if (best.length === 0 || columns < LEAST_COMPANY_COLUMNS) return [];
  const [countryColumns, relevanceColumns] = [columns < 40 ? 0 : 16, 3];
  const room = Math.min(50, columns - countryColumns - relevanceColumns - 4);
  const rows = best.map(({ name, id, country, relevance }): Line => {
    const cells = [padEnd(cut(name || id, room), room), padEnd(cut(country, countryColumns), countryColumns)];
    return { rank: 8, text: [...cells, padStart(cut(String(relevance ?? ''), relevanceColumns), relevanceColumns)].join('  ') };
  });
  return [{ rank: 9, text: '' }, { rank: 8, text: 'best so far' }, ...rows];
}
