import type { ChalkInstance } from 'chalk';
import { formatDuration } from '../core/duration.ts';
import { codeOfEnding, endingOf, exitCodeOf, STRICT } from '../core/exit-code.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Progress } from '../core/progress.ts';
import { toAscii } from './ascii.ts';
import { foldWords } from './fold.ts';
import { count, cut, padEnd, wholeSeconds } from './format.ts';
import { markOfEnd, paintMark } from './marks.ts';
import { widthOf } from './width.ts';
import { causeOf, stateCounts, stateOf, tookWords } from './words.ts';

/** What there is to write the last line on, and what it says beside how the tasks ended. */
interface End {
  /** The command with which to go on; empty for none. */
  readonly command: string;
  /** What becomes of a task that has not ended, in a clause. */
  readonly meanwhile: string;
  /** The width, in display columns. */
  readonly columns: number;
  readonly unicode: boolean;
  /** Whether it is heard or felt: then it has no mark, which would be read out, and the command stands on a line of its own. */
  readonly isSpoken: boolean;
  /** The clock's time, and when the command began, in milliseconds. */
  readonly now: number;
  readonly startedAt: number;
}

/** Where the command begins, if the words leave room for it. */
const COMMAND_COLUMN = 47;

/** The words and the command, in columns: between them at least this. */
const GAP = 3;

/**
 * The last lines of a watch: how it ended, and the next command, which stands whole on a line of its own where both do not fit.
 * Ends in a line feed.
 */
export function endLine(all: readonly Progress[], end: End, paint: ChalkInstance): string {
  const [only] = all;
  const worst = worstOf(all.flatMap(({ outcome }) => outcome ?? []));
  const words = only && all.length === 1 ? wordsOfOne(only, worst, end) : wordsOfSeveral(all, end);
  const [mark, indent] = end.isSpoken ? ['', ''] : [`${markOfEnd(worst)} `, '  '];
  const lines = foldWords(words, Math.max(1, end.columns - mark.length), widthOf);
  const first = `${mark}${lines[0]}`;
  const start = padEnd(first, Math.max(COMMAND_COLUMN, widthOf(first) + GAP));
  const isOneLine = !end.isSpoken && lines.length === 1 && widthOf(start + end.command) <= end.columns;
  const drawn = isOneLine
    ? [`${start}${end.command}`]
    : [...lines.map((line, row) => `${row > 0 ? indent : mark}${line}`), ...(end.command === '' ? [] : [end.command])];
  const text = drawn.map((line) => `${line.trimEnd()}\n`).join('');
  const shown = end.unicode ? text : toAscii(text);
  const marked = mark.trimEnd().length;
  return paintMark(shown.slice(0, marked), worst, paint) + shown.slice(marked);
}

/** The outcome that decides the exit code if no flag excuses one. */
function worstOf(outcomes: readonly Outcome[]): Outcome {
  const code = codeOfEnding(endingOf(outcomes, STRICT));
  return outcomes.find((outcome) => exitCodeOf(outcome) === code) ?? { kind: 'running' };
}

const LONGEST_REASON = 120;

/** How one task ended, with what it has found and how long that took. */
function wordsOfOne(progress: Progress, outcome: Outcome, { meanwhile, now }: End): string {
  const { task, answeredAt, startedAt } = progress;
  const found = task ? `${count(task.funnel.highFit)} of ${count(task.target)} high-fit` : '';
  const took = tookWords(progress);
  const at = found === '' ? '' : ` at ${found}`;
  switch (outcome.kind) {
    case 'done':
    case 'exhausted':
      return `${stateOf(progress)}: ${found}${took === '' ? '' : ` in ${took}`}${unscoredWords(outcome)}`;
    case 'condition_met':
      return `${outcome.condition} holds: ${found}${took === '' ? '' : ` in ${took}`}`;
    case 'failed': {
      const cause = cut(task ? causeOf(task) : '', LONGEST_REASON);
      return `failed${took === '' ? '' : ` after ${took}`}${cause === '' ? at : `: ${cause}`}`;
    }
    case 'interrupted':
      return `stopped${at}; ${meanwhile}`;
    case 'timed_out':
    case 'running':
      return `${stateOf(progress)}${at}; ${meanwhile}`;
    case 'stalled':
      return `stalled${at}: no change for ${formatDuration(outcome.unchangedMs)}`;
    case 'unreachable':
      return `unreachable for ${wholeSeconds(now - (answeredAt ?? startedAt))}${found === '' ? '' : `, last seen${at}`}`;
    default:
      return `${stateOf(progress)}${found === '' ? '' : `, last seen${at}`}`;
  }
}

function unscoredWords({ unscored = 0 }: { readonly unscored?: number }): string {
  return unscored > 0 ? `, ${unscored} not scored` : '';
}

function wordsOfSeveral(all: readonly Progress[], { meanwhile, now, startedAt }: End): string {
  // As --timeout and --for count: from the start of the command.
  const time = wholeSeconds(now - startedAt);
  const goOn = all.some(({ outcome }) => outcome?.kind === 'interrupted' || outcome?.kind === 'timed_out');
  return `${all.length} tasks in ${time}: ${stateCounts(all).join(', ')}${goOn ? `; ${meanwhile}` : ''}`;
}
