import type { ChalkInstance } from 'chalk';
import { formatDuration } from '../core/duration.ts';
import { type Progress, STANDSTILL_MS, type Surprise, timeLeftOf } from '../core/progress.ts';
import { gains, ratePerMinute } from '../core/samples.ts';
import { FUNNEL_STEPS, type TaskSnapshot } from '../core/task.ts';
import { bar, sparkline } from './bar.ts';
import { countdown, cut, elapsed, formatRate, share } from './format.ts';
import type { Screen } from './screen.ts';
import { timeLeftWords } from './time-left.ts';
import { settlingWords, stateOf } from './words.ts';

/** A line with its rank: of a screen too low, the lines of the highest rank fall away first. */
type RankedLine = readonly [rank: number, text: string];

const LABEL_COLUMNS = 12;
const SPARKLINE_COLUMNS = 16;

/** No bar is longer: a longer one tells no more. */
const LONGEST_BAR = 60;
const SHORTEST_BAR = 6;

/** A poll that is due for longer than this waits for its turn or its answer, in milliseconds. */
const OVERDUE_MS = 1000;

/** One task: its query, the funnel, the target, the rate and what is left, the clock, and what is odd about it. */
export function taskView(progress: Progress, now: number, { columns, rows }: Screen, paint: ChalkInstance): string[] {
  const { task } = progress;
  const oddities = odditiesOf(progress, now).map((text): RankedLine => [3, paint.yellow(cut(text, columns))]);
  const lines: RankedLine[] = [
    [0, paint.bold(cut(task?.query || progress.id, columns))],
    ...(task ? funnelLines(task, columns, paint) : []),
    ...(task ? [rateLine(progress, columns, paint)] : []),
    [2, paint.dim(clockLine(progress, now, columns))],
    ...oddities,
  ];
  const kept = new Set(lines.toSorted(([a], [b]) => a - b).slice(0, Math.max(1, rows)));
  return lines.filter((line) => kept.has(line)).map(([, text]) => text);
}

/** A row of the funnel: a bar that is `part` of `whole`, a count, and a share. */
interface Row {
  readonly rank: number;
  readonly label: string;
  readonly part: number;
  readonly whole: number;
  readonly count: string;
  readonly percent: string;
  readonly color: ChalkInstance;
}

/** The four steps with bars by the first, each with the share of the one before, and high-fit against the target. */
function funnelLines({ funnel, target }: TaskSnapshot, columns: number, paint: ChalkInstance): RankedLine[] {
  const steps = FUNNEL_STEPS.map(([step, label], index): Row => {
    const before = FUNNEL_STEPS[index - 1];
    const percent = before ? share(funnel[step], funnel[before[0]]) : '';
    const count = String(funnel[step]);
    return { rank: 5 + index, label, part: funnel[step], whole: funnel.discovered, count, percent, color: paint.cyan };
  });
  const goal: Row = {
    rank: 1,
    label: 'target',
    part: funnel.highFit,
    whole: target,
    count: `${funnel.highFit}/${target}`,
    percent: share(funnel.highFit, target),
    color: paint.green,
  };
  const rows = [...steps, goal];
  const digits = Math.max(...rows.map(({ count }) => count.length));
  return rows.map((row): RankedLine => [row.rank, drawRow(row, digits, columns, paint)]);
}

const PERCENT_COLUMNS = 6;

/** Label, bar, count and share; where there is little room the bar goes first, then the share. */
function drawRow(
  { label, part, whole, count, percent, color }: Row,
  digits: number,
  columns: number,
  paint: ChalkInstance,
): string {
  const name = cut(label.padEnd(LABEL_COLUMNS), Math.max(0, columns - digits));
  const number = count.padStart(digits);
  const room = columns - LABEL_COLUMNS - digits - PERCENT_COLUMNS;
  if (room < 0) return cut(name + number, columns);
  const numbers = `${number}${percent.padStart(PERCENT_COLUMNS)}`.trimEnd();
  const length = Math.min(LONGEST_BAR, room - 2);
  if (length < SHORTEST_BAR) return name + numbers;
  const { filled, rest } = bar(part, whole, length);
  return `${name}${color(filled)}${paint.dim(rest)}  ${numbers}`;
}

/** How fast results come, and how long it will take where that is known; the sparkline only where there is room for both. */
function rateLine(progress: Progress, columns: number, paint: ChalkInstance): RankedLine {
  const samples = progress.samples ?? [];
  const rate = ratePerMinute(samples);
  const left = timeLeftOf(progress);
  const words = [rate === null ? 'rate unknown' : `${formatRate(rate)}/min`, ...(left ? [timeLeftWords(left)] : [])].join(' · ');
  const spark = sparkline(gains(samples, SPARKLINE_COLUMNS));
  if (spark && columns >= LABEL_COLUMNS + SPARKLINE_COLUMNS + 2 + words.length) {
    return [4, `${'pace'.padEnd(LABEL_COLUMNS)}${paint.cyan(spark)}  ${words}`];
  }
  return [4, cut(words, columns)];
}

/** The state, the time gone by and the time to the next poll, in the longest wording that fits. */
function clockLine(progress: Progress, now: number, columns: number): string {
  const state = stateOf(progress).replaceAll('_', ' ');
  const gone = elapsed(progress, now);
  if (progress.nextPollAt === null || progress.outage) return cut(`${state} · ${gone}`, columns);
  // Kept at the gate, or by a slow answer.
  if (now - progress.nextPollAt > OVERDUE_MS) return cut(`${state} · ${gone} · waiting for the service`, columns);
  const next = countdown(progress.nextPollAt, now);
  const wordings = [
    `${state} · ${gone} · next poll in ${next}`,
    `${state} · ${gone} · poll in ${next}`,
    `${gone} · poll in ${next}`,
  ];
  return cut(wordings.find((words) => words.length <= columns) ?? `${gone} · ${next}`, columns);
}

/** An outage, a task that does not move, one that is not what it was. */
function odditiesOf({ outage, changedAt, surprise, task }: Progress, now: number): string[] {
  const settling = task && settlingWords(task);
  const unchangedMs = changedAt === null ? 0 : now - changedAt;
  return [
    ...(outage ? [`try ${outage.attempt + 1} in ${countdown(outage.retryAt, now)}: ${outage.failure.what}`] : []),
    ...(task && unchangedMs >= STANDSTILL_MS ? [`no change for ${formatDuration(unchangedMs)}`] : []),
    ...(surprise ? [surpriseWords(surprise)] : []),
    ...(settling === null ? [] : [settling]),
  ];
}

function surpriseWords(surprise: Surprise): string {
  if (surprise.kind === 'restart') return 'the counters fell: the task started over';
  return `the target was ${surprise.to > surprise.from ? 'raised' : 'lowered'} from ${surprise.from} to ${surprise.to}`;
}
