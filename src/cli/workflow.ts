import { appendFileSync, statSync } from 'node:fs';
import { errorCode } from '../core/error-code.ts';
import { codeOfEnding } from '../core/exit-code.ts';
import { type Reason, sentence } from '../core/failure.ts';
import type { Outcome } from '../core/outcome.ts';
import { writeWarning } from '../render/messages.ts';
import type { Context, Ending } from './command.ts';

/** The largest summary of a step that GitHub takes, in bytes. One that is larger it drops whole. */
const LARGEST_SUMMARY = 1024 * 1024;

/** Whether GitHub Actions runs the program. */
export function isWorkflow({ host }: Context): boolean {
  return host.env.GITHUB_ACTIONS === 'true';
}

/**
 * In GitHub Actions, tells the workflow of errors that ended the program: as annotations (on stderr, which the runner reads too, so
 * that stdout contains only the answer) and as outputs. Elsewhere it does nothing.
 */
export async function tellOfErrors(
  reasons: readonly Reason[],
  outcome: Outcome | undefined,
  ending: Ending,
  context: Context,
): Promise<void> {
  if (!isWorkflow(context)) return;
  const { errorAnnotations } = await import('../render/github.ts');
  context.stderr.write(errorAnnotations(reasons.map(sentence).map(context.redact)));
  writeOutputs([...(outcome ? [`outcome=${outcome.kind}`] : []), `exit_code=${codeOfEnding(ending)}`], context);
}

/** Sets outputs of the workflow's step: lines of `name=value`. */
export function writeOutputs(lines: readonly string[], context: Context): void {
  append(context.host.env.GITHUB_OUTPUT, () => lines.map((line) => `${line}\n`).join(''), context);
}

/** Adds to the summary of the workflow's step what `make` makes of the bytes that are left in it. */
export function writeSummary(make: (mostBytes: number) => string, context: Context): void {
  append(context.host.env.GITHUB_STEP_SUMMARY, (size) => make(LARGEST_SUMMARY - size), context);
}

function append(path: string | undefined, make: (size: number) => string, { stderr }: Context): void {
  if (!path) return;
  try {
    appendFileSync(path, make(statSync(path, { throwIfNoEntry: false })?.size ?? 0));
  } catch (error) {
    writeWarning(stderr, false, `Cannot write the workflow file ${path} (${errorCode(error)})`);
  }
}
