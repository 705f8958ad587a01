import { endedWell } from '../core/exit-code.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Progress } from '../core/progress.ts';
import { FUNNEL_STEPS } from '../core/task.ts';
import { cut } from './format.ts';
import { escapeMarkdown, markdownTable } from './markdown.ts';
import { outcomeWords, stateOf } from './words.ts';

/*
 * What a watch leaves behind in GitHub Actions: an annotation, a step summary, outputs. Text from the server is made harmless
 * first, then escaped by the rules of each, so that it cannot start a command, a row or an output of its own.
 */

/** The longest text in an annotation or a cell, in columns. */
const TEXT_COLUMNS = 200;

/** A workflow command that shows how the task ended; a line with its line feed. */
export function annotation(progress: Progress): string {
  const words = escapeData(cut(outcomeWords(progress), TEXT_COLUMNS));
  return `::${levelOf(progress.outcome)} title=extruct-task ${escapeProperty(cut(progress.id, TEXT_COLUMNS))}::${words}\n`;
}

function levelOf(outcome: Outcome | null): 'error' | 'warning' | 'notice' {
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

/** A Markdown table with a row for each task, for the step summary. */
export function stepSummary(all: readonly Progress[]): string {
  const head = ['Task', 'Outcome', ...FUNNEL_STEPS.map(([, name]) => name), 'Target', 'Query'];
  const rows = all.map((progress) => {
    const { task } = progress;
    const counts = task
      ? [...FUNNEL_STEPS.map(([step]) => String(task.funnel[step])), String(task.target)]
      : ['', '', '', '', ''];
    return [progress.id, stateOf(progress), ...counts, cut(task?.query ?? '', TEXT_COLUMNS)].map(escapeMarkdown);
  });
  return `${markdownTable(head, rows)}\n`;
}

/** Lines of `name=value` for the step's outputs: words and numbers of ours and an ID, which need no escaping. */
export function stepOutputs(progress: Progress, exitCode: number): string {
  const { task, outcome } = progress;
  const counters = task && [
    `num_results_discovered=${task.funnel.discovered}`,
    `num_results_enriched=${task.funnel.enriched}`,
    `num_results_evaluated=${task.funnel.evaluated}`,
    `num_results=${task.funnel.highFit}`,
    `desired_num_results=${task.target}`,
  ];
  return `${[`outcome=${outcome?.kind ?? 'running'}`, `exit_code=${exitCode}`, `id=${progress.id}`, ...(counters ?? [])].join('\n')}\n`;
}
