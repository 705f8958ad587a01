import { appendFile } from 'node:fs/promises';
import type { Context, Ending } from '../../cli/command.ts';
import { codeOfEnding, endingOf, exitCodeOf, STRICT } from '../../core/exit-code.ts';
import type { Progress } from '../../core/progress.ts';
import { annotation, stepOutputs, stepSummary } from '../../render/github.ts';
import { writeWarning } from '../../render/messages.ts';
import { outcomesOf } from '../session/report.ts';
import type { WatchAccess } from './settings.ts';

/**
 * In GitHub Actions, reports to the workflow how the watch ended: annotations (on stderr, which the runner reads too, so that
 * stdout contains only the answer), a step summary, outputs. Elsewhere it does nothing.
 */
export async function tellGitHub(
  all: readonly Progress[],
  ending: Ending,
  access: WatchAccess,
  { host, stderr }: Context,
): Promise<void> {
  const { env } = host;
  if (env.GITHUB_ACTIONS !== 'true') return;
  for (const progress of all) stderr.write(annotation(progress));
  const worst = worstOf(all);
  const files = [
    [env.GITHUB_STEP_SUMMARY, stepSummary(all)],
    [env.GITHUB_OUTPUT, worst ? stepOutputs(worst, codeOfEnding(ending)) : ''],
  ] as const;
  for (const [path, text] of files) {
    if (!path) continue;
    await appendFile(path, text).catch((error: NodeJS.ErrnoException) => {
      writeWarning(stderr, access.settings.colored.stderr, `Cannot write the workflow file ${path} (${error.code})`);
    });
  }
}

/** The task that decides the exit code if no flag excuses an outcome: the workflow branches on what the outputs say. */
function worstOf(all: readonly Progress[]): Progress | undefined {
  // With flags that excuse an outcome the workflow itself decides what to do, so the outputs have to show the outcome.
  const code = codeOfEnding(endingOf(outcomesOf(all), STRICT));
  return all.find(({ outcome }) => outcome && exitCodeOf(outcome) === code);
}
