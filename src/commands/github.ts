import { appendFile } from 'node:fs/promises';
import { exitCodeOf, processExitCode, STRICT } from '../core/exit-code.ts';
import type { Progress } from '../core/progress.ts';
import { annotation, stepOutputs, stepSummary } from '../render/github.ts';
import { writeWarning } from '../render/messages.ts';
import type { Access, Context } from './context.ts';
import { outcomesOf } from './report.ts';

/**
 * In GitHub Actions, tells the workflow how the watch ended: annotations (on stderr, which the runner reads as well, so that
 * stdout stays the answer), a step summary, outputs. Elsewhere it does nothing.
 */
export async function tellGitHub(
  all: readonly Progress[],
  exitCode: number,
  access: Access,
  { host, stderr }: Context,
): Promise<void> {
  const { env } = host;
  if (env.GITHUB_ACTIONS !== 'true') return;
  for (const progress of all) stderr.write(annotation(progress));
  const worst = worstOf(all);
  const files = [
    [env.GITHUB_STEP_SUMMARY, stepSummary(all)],
    [env.GITHUB_OUTPUT, worst ? stepOutputs(worst, exitCode) : ''],
  ] as const;
  for (const [path, text] of files) {
    if (!path) continue;
    await appendFile(path, text).catch((error: NodeJS.ErrnoException) => {
      writeWarning(stderr, access.settings.colored.stderr, `The workflow's file ${path} cannot be written (${error.code})`);
    });
  }
}

/** The task that would decide the exit code, had no flag excused it: the workflow branches on what the outputs say. */
function worstOf(all: readonly Progress[]): Progress | undefined {
  const code = processExitCode(outcomesOf(all), STRICT);
  return all.find(({ outcome }) => outcome && exitCodeOf(outcome) === code);
}
