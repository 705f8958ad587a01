import { badness, endedWell } from '../core/exit-code.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Progress } from '../core/progress.ts';
import { FUNNEL_STEPS } from '../core/task.ts';
import { cut } from './format.ts';
import { escapeMarkdown, markdownRow, markdownTable } from './markdown.ts';
import { countStates, outcomeWords, stateOf } from './words.ts';

/*
 * What a watch leaves behind in GitHub Actions: an annotation, a step summary, outputs. Text from the server is made harmless
 * first, then escaped by the rules of each, so that it cannot start a command, a row or an output of its own.
 */

/** The longest text in an annotation or a cell, in columns. */
const TEXT_COLUMNS = 200;

/** The longest error, in columns: its end says what to do. */
const ERROR_COLUMNS = 1000;

/** Room for the line that counts what a summary leaves out, in bytes. */
const LONGEST_NOTE = 1000;

/** The most annotations of one run. GitHub shows ten of a kind for each step, and drops the rest without a word. */
const MOST_ANNOTATIONS = 10;

type Level = 'error' | 'warning' | 'notice';

/** In the order in which the exit code of several tasks is decided. Of the same code, the first that was named comes first. */
export function worstFirst(all: readonly Progress[]): Progress[] {
  const rank = ({ outcome }: Progress) => badness(outcome ?? { kind: 'running' });
  return all.toSorted((a, b) => rank(b) - rank(a));
}

/** Workflow commands that show how the tasks ended, which come worst first; the last one counts those that do not fit. */
export function annotations(sorted: readonly Progress[]): string {
  const told = sorted.map((progress) => {
    const words = cut(outcomeWords(progress), TEXT_COLUMNS);
    return command(levelOf(progress.outcome), ` ${escapeProperty(cut(progress.id, TEXT_COLUMNS))}`, words);
  });
  if (told.length <= MOST_ANNOTATIONS) return told.join('');
  const rest = sorted.slice(MOST_ANNOTATIONS - 1);
  const count = command(levelOf(rest[0]?.outcome ?? null), '', restWords(rest));
  return [...told.slice(0, MOST_ANNOTATIONS - 1), count].join('');
}

/** Workflow commands that show errors; the last one counts those that do not fit. */
export function errorAnnotations(sentences: readonly string[]): string {
  const isWhole = sentences.length <= MOST_ANNOTATIONS;
  const shown = isWhole ? sentences : sentences.slice(0, MOST_ANNOTATIONS - 1);
  const rest = isWhole ? [] : [`${sentences.length - shown.length} more errors`];
  return [...shown, ...rest].map((words) => command('error', '', cut(words, ERROR_COLUMNS))).join('');
}

/** A line with its line feed. */
function command(level: Level, name: string, words: string): string {
  return `::${level} title=extruct-task${name}::${escapeData(words)}\n`;
}

/** Tasks by how they stand: `1,999 more tasks: 1,990 done, 9 failed`. */
function restWords(rest: readonly Progress[]): string {
  const number = (count: number) => count.toLocaleString('en');
  const states = [...countStates(rest)].map(([state, count]) => `${number(count)} ${state}`).join(', ');
  return `${number(rest.length)} more ${rest.length === 1 ? 'task' : 'tasks'}: ${states}`;
}

function levelOf(outcome: Outcome | null): Level {
  if (outcome && endedWell(outcome)) return 'notice';
  return outcome?.kind === 'exhausted' || outcome?.kind === 'running' ? 'warning' : 'error';
}

/** Text for a workflow command: `%` and line ends, as the runner reads them back. */
export function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** In a property a colon and a comma mean something as well. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * A Markdown table with a row for each task, for the step summary. Where it would take more than `mostBytes`, it has those of `sorted`
 * that fit, and a line that counts the rest; it is empty where not even that fits.
 */
export function stepSummary(all: readonly Progress[], sorted: readonly Progress[], mostBytes: number): string {
  const whole = tasksTable(all);
  if (Buffer.byteLength(whole) <= mostBytes) return whole;
  let room = mostBytes - LONGEST_NOTE - Buffer.byteLength(tasksTable([]));
  const first = sorted.findIndex((progress) => {
    room -= Buffer.byteLength(rowOf(progress));
    return room < 0;
  });
  return mostBytes < LONGEST_NOTE ? '' : `${tasksTable(sorted.slice(0, first))}${restWords(sorted.slice(first))}\n\n`;
}

const HEAD = ['Task', 'Outcome', ...FUNNEL_STEPS.map(([, name]) => name), 'Target', 'Query'];

function tasksTable(all: readonly Progress[]): string {
  return `${markdownTable(HEAD, [])}${all.map(rowOf).join('')}\n`;
}

function rowOf(progress: Progress): string {
  const { task } = progress;
  const counts = task ? [...FUNNEL_STEPS.map(([step]) => String(task.funnel[step])), String(task.target)] : ['', '', '', '', ''];
  const cells = [progress.id, stateOf(progress), ...counts, cut(task?.query ?? '', TEXT_COLUMNS)];
  return markdownRow(cells.map(escapeMarkdown));
}

/** Lines of `name=value` for the step's outputs: words and numbers of ours and an ID, which need no escaping. */
export function stepOutputs(progress: Progress, exitCode: number): string[] {
  const { task, outcome } = progress;
  const counters = task && [
    `num_results_discovered=${task.funnel.discovered}`,
    `num_results_enriched=${task.funnel.enriched}`,
    `num_results_evaluated=${task.funnel.evaluated}`,
    `num_results=${task.funnel.highFit}`,
    `desired_num_results=${task.target}`,
  ];
  return [`outcome=${outcome?.kind ?? 'running'}`, `exit_code=${exitCode}`, `id=${progress.id}`, ...(counters ?? [])];
}
