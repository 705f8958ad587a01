import type { ChalkInstance } from 'chalk';
import { formatDuration } from '../core/duration.ts';
import type { Progress, Surprise } from '../core/progress.ts';
import { estimate, gains, ratePerMinute } from '../core/samples.ts';
import { FUNNEL_STEPS, type TaskSnapshot } from '../core/task.ts';
import { bar, sparkline } from './bar.ts';
import { countdown, cut, elapsed, formatRate, share } from './format.ts';
import type { Screen } from './view.ts';
import { stateOf } from './words.ts';

/** A line with its rank: of a screen too low, the lines of the highest rank fall away first. */
type RankedLine = readonly [rank: number, text: string];

const LABEL_COLUMNS = 12;
const SPARKLINE_COLUMNS = 16;

/** No bar is longer: a longer one tells no more. */
const LONGEST_BAR = 60;
const SHORTEST_BAR = 6;

/** Nothing has moved for so long that it is worth a line, in milliseconds. */
const STANDSTILL_MS = 60_000;

/** One task: its query, the funnel, the target, the rate and what is left, the clock, and what is odd about it. */
export function taskView(progress: Progress, now: number, { columns, rows }: Screen, paint: ChalkInstance): string[] {
  const { task } = progress;
  const oddities = odditiesOf(progress, now).map((text): RankedLine => [3, paint.yellow(cut(text, columns))]);
  const lines: RankedLine[] = [
    [0, paint.bold(cut(task?.query || progress.id, columns))],
    ...(task ? funnelLines(task, columns, paint) : []),
    ...(task ? [rateLine(progress, task, columns, paint)] : []),
    [2, paint.dim(clockLine(progress, now, columns))],
    ...oddities,
  ];
  const kept = new Set(lines.toSorted(([a], [b]) => a - b).slice(0, Math.max(1, rows)));
  return lines.filter((line) => kept.has(line)).map(([, text]) => text);
}

/** The four steps with bars by the first, each with the share of the one before, and high-fit against the target. */
function funnelLines(task: TaskSnapshot, columns: number, paint: ChalkInstance): RankedLine[] {
  const { funnel, target } = task;
  const goal = `${funnel.highFit}/${target}`;
  const digits = Math.max(goal.length, ...Object.values(funnel).map((count) => String(count).length));
  const length = Math.min(LONGEST_BAR, columns - LABEL_COLUMNS - digits - '  100%'.length - 2);
  const draw = (
    label: string,
    [part, whole]: readonly [number, number],
    count: string,
    percent: string,
    color: ChalkInstance,
  ) => {
    const { filled, rest } = bar(part, whole, Math.max(0, length));
    const name = cut(label.padEnd(LABEL_COLUMNS), Math.max(0, columns - digits));
    const numbers = `${count.padStart(digits)}${percent.padStart(6)}`;
    if (length >= SHORTEST_BAR) return `${name}${color(filled)}${paint.dim(rest)}  ${numbers}`.trimEnd();
    return cut(`${name}${columns >= LABEL_COLUMNS + digits + 6 ? numbers : count.padStart(digits)}`.trimEnd(), columns);
  };
  const steps = FUNNEL_STEPS.map(([step, name], index): RankedLine => {
    const before = FUNNEL_STEPS[index - 1];
    const percent = before ? share(funnel[step], funnel[before[0]]) : '';
    return [5 + index, draw(name, [funnel[step], funnel.discovered], String(funnel[step]), percent, paint.cyan)];
  });
  return [...steps, [1, draw('target', [funnel.highFit, target], goal, share(funnel.highFit, target), paint.green)]];
}

/** How fast results come, and when the target may be reached; the sparkline only where there is room for both. */
function rateLine({ samples }: Progress, task: TaskSnapshot, columns: number, paint: ChalkInstance): RankedLine {
  const rate = ratePerMinute(samples);
  const eta = estimate(samples, task.target);
  const speed = rate === null ? 'rate unknown' : `${formatRate(rate)}/min`;
  const left = eta ? `ETA ${formatDuration(eta.fromMs)} – ${formatDuration(eta.toMs)}` : 'ETA unknown';
  const words = `${speed} · ${left}`;
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
  const unchangedMs = changedAt === null ? 0 : now - changedAt;
  return [
    ...(outage ? [`try ${outage.attempt + 1} in ${countdown(outage.retryAt, now)}: ${outage.failure.what}`] : []),
    ...(task && unchangedMs >= STANDSTILL_MS ? [`no change for ${formatDuration(unchangedMs)}`] : []),
    ...(surprise ? [surpriseWords(surprise)] : []),
  ];
}

function surpriseWords(surprise: Surprise): string {
  if (surprise.kind === 'restart') return 'the counters fell: the task started over';
  return `the target was ${surprise.to > surprise.from ? 'raised' : 'lowered'} from ${surprise.from} to ${surprise.to}`;
}
