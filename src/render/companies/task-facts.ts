import { verdictOf } from '../../core/outcome.ts';
import { begin } from '../../core/progress.ts';
import { FUNNEL_STEPS, type TaskSnapshot } from '../../core/task.ts';
import { formatTime } from '../format.ts';
import { outcomeWords, settlingWords } from '../words.ts';

/**
 * What was asked of a task and how it went, for whoever reads its companies without it: a label and a value for each fact, without
 * those that the API does not tell. `readAt` is when the companies were read, in milliseconds since 1970.
 */
export function taskFacts(task: TaskSnapshot, readAt: number): (readonly [label: string, value: string | number])[] {
  const outcome = outcomeWords({ ...begin(task.id, 0, false), task, outcome: { kind: verdictOf(task) } });
  const facts: (readonly [label: string, value: string | number])[] = [
    ['Query', task.query ?? ''],
    ['Outcome', [outcome, ...settlingWords(task).slice(0, 1)].filter(Boolean).join('; ')],
    ['Target', task.target],
    ...FUNNEL_STEPS.map(([step, name]) => [name.charAt(0).toUpperCase() + name.slice(1), task.funnel[step]] as const),
    ['Sources', task.sources.join(', ')],
    ['Created', task.createdAt === null ? '' : formatTime(task.createdAt)],
    ['Fetched', formatTime(readAt)],
    ['Task', task.id],
  ];
  return facts.filter(([, value]) => value !== '');
}
