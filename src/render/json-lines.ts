import type { Clock } from '../core/clock.ts';
import { exitCodeOf } from '../core/exit-code.ts';
import { sentence } from '../core/failure.ts';
import { indentJson, withMembers } from '../core/json-text.ts';
import { type Outcome, reasonOf } from '../core/outcome.ts';
import type { Progress } from '../core/progress.ts';
import type { Output, Renderer } from './renderer.ts';
import { escapeInJson } from './sanitize.ts';

/**
 * `--json`: a line for a task's first answer, for each change in any of its fields, and exactly one with `exit_code`, the
 * task's last (contract, "JSON").
 */
export function jsonLines(stdout: Output, clock: Clock): Renderer {
  const written = new Map<string, string>();
  return {
    update({ id, task }) {
      if (!task || task.json === written.get(id)) return;
      written.set(id, task.json);
      stdout.write(`${jsonLine(id, task.json, { kind: 'running' }, clock.wallTime(), false)}\n`);
    },
    finish(progress) {
      stdout.write(`${finalLine(progress, clock.wallTime())}\n`);
    },
    close() {},
  };
}

/** `get --json`: one object; on a terminal it is indented for a person. */
export function jsonObject(progress: Progress, wallTime: number, indented: boolean): string {
  const line = finalLine(progress, wallTime);
  return indented ? indentJson(line) : line;
}

function finalLine({ id, task, outcome }: Progress, wallTime: number): string {
  return jsonLine(id, task?.json ?? null, outcome ?? { kind: 'running' }, wallTime, true);
}

/** The task's object as the server gave it, with our members last; without a task only the id and ours. */
function jsonLine(id: string, json: string | null, outcome: Outcome, wallTime: number, isLast: boolean): string {
  const extra = new Map([
    ['outcome', JSON.stringify(outcome.kind)],
    ['observed_at', JSON.stringify(new Date(wallTime).toISOString())],
    // Should the server have such a field one day, it must not look like ours.
    ['exit_code', isLast ? String(exitCodeOf(outcome)) : null],
  ]);
  const reason = reasonOf(outcome);
  if (reason) {
    extra.set('error', JSON.stringify({ message: sentence(reason), status: reason.status }));
  }
  return escapeInJson(withMembers(json ?? JSON.stringify({ id }), extra));
}
