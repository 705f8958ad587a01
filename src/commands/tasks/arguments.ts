import type { Readable } from 'node:stream';
import { parseTaskName, TASK_NAMES } from '../../core/task-reference.ts';
import { type Result, usageError } from '../../core/usage.ts';
import type { Host } from '../../host.ts';

/**
 * The task IDs in the arguments, each once, in their order; `-` stands for the lines of standard input. One invalid argument is an
 * error for all of them, so that nothing is sent; so are more than `most`.
 */
export async function readTaskIds(args: readonly string[], host: Host, most: number): Promise<Result<string[]>> {
  const lines = args.includes('-') ? await readLines(host.stdin) : [];
  // So reads UTF-16, which PowerShell 5.1 writes.
  if (lines.some((line) => /[\0\ufffd]/.test(line))) return usageError('standard input is not UTF-8 text', 'save it as UTF-8');
  const named = args.flatMap((arg) => (arg === '-' ? lines : [arg]));
  const ids = new Set<string>();
  for (const text of named) {
    const id = parseTaskName(text);
    if (id === null) return usageError(`'${text.slice(0, 200)}' is not a task ID or URL`, `set ${TASK_NAMES}`);
    ids.add(id);
  }
  if (ids.size > most) return usageError(`standard input contains ${ids.size} tasks`, `set at most ${most}`);
  return ids.size > 0 ? { ok: true, value: [...ids] } : usageError('no task given', `set ${TASK_NAMES}`);
}

async function readLines(stdin: Readable): Promise<string[]> {
  const { createInterface } = await import('node:readline');
  const lines: string[] = [];
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') lines.push(line.trim());
  }
  return lines;
}
