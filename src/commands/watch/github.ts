import type { Context, Ending } from '../../cli/command.ts';
import { isWorkflow, writeOutputs, writeSummary } from '../../cli/workflow.ts';
import { codeOfEnding } from '../../core/exit-code.ts';
import type { Progress } from '../../core/progress.ts';

/** In GitHub Actions, tells the workflow how the watch ended: annotations, a step summary, outputs. Elsewhere it does nothing. */
export async function tellGitHub(all: readonly Progress[], ending: Ending, context: Context): Promise<void> {
  if (!isWorkflow(context)) return;
  const { annotations, stepOutputs, stepSummary, worstFirst } = await import('../../render/github.ts');
  const sorted = worstFirst(all);
  context.stderr.write(annotations(sorted));
  writeSummary((mostBytes) => stepSummary(all, sorted, mostBytes), context);
  const [worst] = sorted;
  if (worst) writeOutputs(stepOutputs(worst, codeOfEnding(ending)), context);
}
