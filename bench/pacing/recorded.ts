import { type Recording, readRecordings } from '../../src/sandbox/recording.ts';
import type { TaskHistory } from './history.ts';

/**
 * The histories in what `watch --json` wrote, of the tasks that had ended by its last line; null where the text is something else. Their
 * time starts with the first answer: how a task went before nobody saw.
 */
export function recordedHistories(text: string): readonly TaskHistory[] | null {
  const recordings = readRecordings(text);
  return 'wrongLine' in recordings ? null : recordings.flatMap((recording) => historyOf(recording) ?? []);
}

function historyOf({ answers, outcome }: Recording): TaskHistory | null {
  const last = answers.at(-1);
  if (!last || !(outcome === 'done' || outcome === 'exhausted' || outcome === 'failed')) return null;
  const dryAt = answers.find(({ task }) => task.is_exhausted)?.atMs ?? last.atMs;
  return {
    target: last.task.desired_num_results,
    end: last.atMs / 1000,
    outcome,
    ...(dryAt < last.atMs ? { exhaustedAt: dryAt / 1000 } : {}),
    points: answers.map(({ atMs, task }) => [
      atMs / 1000,
      task.num_results_discovered,
      task.num_results_enriched,
      task.num_results_evaluated,
      task.num_results,
    ]),
  };
}
