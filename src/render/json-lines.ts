import type { Clock } from '../core/clock.ts';
import { exitCodeOf } from '../core/exit-code.ts';
import { type Reason, sentence } from '../core/failure.ts';
import { indentJson, withMembers } from '../core/json-text.ts';
import { type Outcome, type Verdict, verdictOf } from '../core/outcome.ts';
import type { Progress } from '../core/progress.ts';
import { redactTask } from '../core/redact-task.ts';
import type { TaskSnapshot } from '../core/task.ts';
import type { LineMember } from '../core/wire-line.ts';
import type { Output, Renderer } from './renderer.ts';
import { escapeInJson } from './sanitize.ts';

/** Which lines are written, and what is in them. */
interface LinesWish {
  /** Only each task's last line. */
  readonly isFinal: boolean;
  /** Without any text that a person wrote. */
  readonly isRedacted: boolean;
  /** The command that goes on where the watch of a task was left, if there is one. It may hold paths, so it is redacted too. */
  nextOf(progress: Progress): string | null;
}

/**
 * `--json`: a line for a task's first answer, for each change in any of its fields, and exactly one with `exit_code`, the
 * task's last (contract, "JSON").
 */
export function jsonLines(stdout: Output, clock: Clock, { isFinal, isRedacted, nextOf }: LinesWish): Renderer {
  const written = new Map<string, string>();
  return {
    update({ id, task }) {
      if (isFinal || !task || task.json === written.get(id)) return;
      written.set(id, task.json);
      // Whatever the task says of itself: what had settled it would have come with `finish`.
      stdout.write(`${lineOf(shown(task, isRedacted), 'running', clock.wallTime())}\n`);
    },
    finish(progress) {
      stdout.write(`${finalLine(progress, clock.wallTime(), isRedacted, isRedacted ? null : nextOf(progress))}\n`);
    },
    close() {},
  };
}

/** `get --json`: one object; on a terminal it is indented for a person. */
export function jsonObject(progress: Progress, wallTime: number, indented: boolean, isRedacted: boolean): string {
  const line = finalLine(progress, wallTime, isRedacted, null);
  return indented ? indentJson(line) : line;
}

/** A task that nobody waits for any more, or not yet: its outcome so far, and no exit code. */
export function taskLine(task: TaskSnapshot, wallTime: number): string {
  return lineOf(task, verdictOf(task), wallTime);
}

function lineOf(task: TaskSnapshot, kind: Verdict, wallTime: number): string {
  // If the server has such a field one day, it must not look like ours.
  return withOurs(task.json, { kind }, wallTime, [['exit_code', null]]);
}

function shown(task: TaskSnapshot, isRedacted: boolean): TaskSnapshot {
  return isRedacted ? { ...task, json: redactTask(task.json) } : task;
}

function finalLine(
  { id, task, outcome, reason, companies }: Progress,
  wallTime: number,
  isRedacted: boolean,
  next: string | null,
): string {
  const ended = outcome ?? { kind: 'running' };
  const known = task && shown(task, isRedacted);
  return withOurs(known?.json ?? JSON.stringify({ id }), ended, wallTime, [
    ['exit_code', String(exitCodeOf(ended))],
    // As the results' own endpoint has them.
    ...(companies ? [['results', `[${companies.map(({ json }) => json).join(',')}]`] as const] : []),
    ...(next === null ? [] : [['next', JSON.stringify(next)] as const]),
    ...(reason ? [['error', JSON.stringify({ message: messageOf(reason, isRedacted), status: reason.status })] as const] : []),
  ]);
}

/** Of a command that is named there, nothing is left where it is redacted: its flags can hold paths and addresses. */
function messageOf(reason: Reason, isRedacted: boolean): string {
  const fix = isRedacted ? reason.fix.replace(/`extruct-task .*`/s, '`extruct-task …`') : reason.fix;
  return sentence({ ...reason, fix });
}

/** The task's object as the server gave it, with our members last. */
function withOurs(
  json: string,
  outcome: Outcome,
  wallTime: number,
  more: readonly (readonly [name: LineMember | 'error', json: string | null])[],
): string {
  const ours: typeof more = [
    ['outcome', JSON.stringify(outcome.kind)],
    ['observed_at', JSON.stringify(new Date(wallTime).toISOString())],
    ...more,
  ];
  return escapeInJson(withMembers(json, new Map(ours)));
}
