import type { ChalkInstance } from 'chalk';
import { formatDuration } from '../core/duration.ts';
import { endedWell } from '../core/exit-code.ts';
import type { Progress } from '../core/progress.ts';
import { bar } from './bar.ts';
import { count, cut, ELAPSED_COLUMNS, elapsed, figureColumns, fitting, padEnd, padStart } from './format.ts';
import { markOf, markOfEnd, paintMark, standstillMs } from './marks.ts';
import type { Screen } from './screen.ts';
import { taskNames } from './task-names.ts';
import { leftWords } from './time-left.ts';
import { widthOf } from './width.ts';
import { endWords, outageWords, settlingWords, stateCounts, surpriseWords } from './words.ts';

/** Nothing is drawn further to the right. */
const WIDEST = 120;

/** A line of totals, then a row for each task, the pressing ones first; what there are no rows for is counted in the last one. */
export function tasksView(all: readonly Progress[], now: number, screen: Screen, paint: ChalkInstance): string[] {
  const columns = Math.min(screen.columns, WIDEST);
  const head = `  ${paint.bold(headline(all, now, Math.max(0, columns - 2)))}`.trimEnd();
  const room = screen.rows - 1;
  if (room < 1) return [head];
  const layout = layoutOf(all, columns);
  const names = taskNames(all, layout.name);
  const rows = all.map((progress, index) => ({ progress, name: names[index] ?? '', urgency: urgencyOf(progress, now) }));
  rows.sort((a, b) => a.urgency - b.urgency);
  const shown = rows.length <= room ? rows : rows.slice(0, room - 1);
  const hidden = rows.slice(shown.length).map(({ progress }) => progress);
  const more = hidden.length === 0 ? [] : [`  ${fitting(moreWords(hidden), Math.max(0, columns - 2))}`.trimEnd()];
  return [head, ...shown.map(({ progress, name }) => taskRow(progress, name, now, layout, paint)), ...more];
}

/** How many tasks there are, how they stand, what they have found together, and the time. All are counted at every width. */
function headline(all: readonly Progress[], now: number, columns: number): string {
  const number = `${all.length} tasks`;
  const states = stateCounts(all).join(' · ');
  const sum = (read: (progress: Progress) => number) => count(all.reduce((total, progress) => total + read(progress), 0));
  const found = `${sum(({ task }) => task?.funnel.highFit ?? 0)} of ${sum(({ task }) => task?.target ?? 0)} high-fit`;
  const time = padStart(all[0] ? elapsed(all[0], now) : '', ELAPSED_COLUMNS);
  const ends = (left: string, right: string) => `${padEnd(left, columns - widthOf(right) - 3)}   ${right}`;
  const wordings = [
    ends(`${number}   ${states}`, `${found}   ${time}`),
    ends(`${number}   ${states}`, time),
    `${number}   ${states}`,
    states,
    ...countsByMark(all),
  ];
  return fitting(wordings, columns);
}

/** How many tasks stand in each way in few columns, each end by its mark. */
function countsByMark(all: readonly Progress[]): string[] {
  const counts = new Map([['', 0]]);
  for (const progress of all) {
    const mark = progress.outcome ? markOfEnd(progress.outcome) : '';
    counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  const [running = '', ...ends] = [...counts].map(([mark, number]) => mark + number);
  return [[`${running} running`, ...ends].join(' '), [running, ...ends].join(' ')];
}

function moreWords(hidden: readonly Progress[]): string[] {
  const number = `and ${hidden.length} more`;
  return [`${number}: ${stateCounts(hidden).join(', ')}`, number];
}

/** First what may want a person, an outage or a standstill; then what runs; then what failed, is exhausted, is done. */
function urgencyOf(progress: Progress, now: number): number {
  const { outcome, outage } = progress;
  if (outcome) return endedWell(outcome) ? 5 : outcome.kind === 'exhausted' ? 4 : 3;
  if (outage) return 0;
  return standstillMs(progress, now) === null ? 2 : 1;
}

/** How wide the columns of the rows are. They depend on the screen and the targets alone, so that they keep their place. */
interface Layout {
  readonly name: number;
  readonly figures: number;
  /** 0 where there is no room. */
  readonly bar: number;
  readonly words: number;
}

const [BAR_COLUMNS, SHORT_BAR_COLUMNS] = [17, 15];
const [FEWEST_NAME, FEWEST_WORDS, MOST_WORDS] = [6, 11, 32];
const [BAR_FROM, WORDS_FROM, WIDE_FROM] = [64, 38, 100];

function layoutOf(all: readonly Progress[], columns: number): Layout {
  const figures = Math.max(1, Math.min(figureColumns(all, columns < WIDE_FROM), columns - 5));
  const bar = columns < BAR_FROM ? 0 : columns < WIDE_FROM ? SHORT_BAR_COLUMNS : BAR_COLUMNS;
  // Half of the rest and one column more: at 80 columns the reason of a failure is whole.
  const half = Math.ceil((columns - figures - 6 - (bar > 0 ? bar + 2 : 0)) / 2) + 1;
  const words = columns >= WORDS_FROM ? Math.min(MOST_WORDS, Math.max(FEWEST_WORDS, half)) : 0;
  const layouts = [[bar, words] as const, [0, words] as const].map(([bar, words]) => {
    const taken = [figures, bar, words].reduce((sum, width) => sum + (width > 0 ? width + 2 : 0), 2);
    return { name: columns - taken, figures, bar, words };
  });
  const onlyFigures = { name: Math.max(1, columns - figures - 4), figures, bar: 0, words: 0 };
  return layouts.find(({ name }) => name >= FEWEST_NAME) ?? onlyFigures;
}

function taskRow(progress: Progress, name: string, now: number, layout: Layout, paint: ChalkInstance): string {
  const { task, outcome } = progress;
  const figures = task ? `${count(task.funnel.highFit)}/${count(task.target)}` : '';
  const { filled, rest } = bar(task?.funnel.highFit ?? 0, task?.target ?? 0, layout.bar);
  const cells = [
    padEnd(cut(name, layout.name), layout.name),
    padStart(fitting([figures, '?'], layout.figures), layout.figures),
    ...(layout.bar > 0 ? [paint.green(filled) + paint.dim(rest)] : []),
    ...(layout.words > 0 ? [fitting([...rowWords(progress, now), ''], layout.words)] : []),
  ];
  return `${paintMark(markOf(progress, now), outcome, paint)} ${cells.join('  ')}`.trimEnd();
}

/** What there is to say of a task, the longest wording first. */
function rowWords(progress: Progress, now: number): string[] {
  const { task, outcome, outage } = progress;
  if (outcome) return endWords(progress, outcome);
  if (outage) return outageWords(outage, now).slice(2);
  const still = standstillMs(progress, now);
  if (still !== null) return [`no change for ${formatDuration(still)}`, 'no change'];
  const settling = task ? settlingWords(task).slice(1) : [];
  const words = settling.length > 0 ? settling : leftWords(progress);
  const surprise = progress.surprise && surpriseWords(progress.surprise).at(-1);
  return surprise ? [...words.map((one) => `${surprise}, ${one}`), surprise, ...words] : words;
}
