import type { Readable } from 'node:stream';
import { parseTaskName, TASK_NAMES } from '../../core/task-reference.ts';
import { type Result, usageError } from '../../core/usage.ts';
import type { Host } from '../../host.ts';

/**
 * The task IDs in the arguments, each once, in their order; `-` stands for the lines of standard input. One invalid argument is an
 * error for all of them, so that nothing is sent; so are more than `most`.
 */
export async function readTaskIds(args: readonly string[], host: Host, most: number): Promise<Result<string[]>> {
  const read = args.includes('-') ? await readLines(host.stdin) : { ok: true as const, value: [] };
  if (!read.ok) return read;
  const lines = read.value;
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

/** More than anybody has. Nobody could wait for more either, and something that never ends is no list of tasks. */
const MOST_TASKS = 100_000;
const LONGEST_LINE = 1024 * 1024;
const LONGEST_INPUT = 64 * 1024 * 1024;
const MOST_LINES = 10 * MOST_TASKS;

/** The lines that are not blank. Whatever is piped in by mistake is left as soon as it is too long. */
async function readLines(stdin: Readable): Promise<Result<string[]>> {
  const decoder = new TextDecoder();
  const lines: string[] = [];
  let rest = '';
  let bytes = 0;
  let count = 0;
  for await (const chunk of stdin as AsyncIterable<Buffer>) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|[\r\n]/);
    rest = parts.pop() ?? '';
    bytes += chunk.length;
    count += parts.length;
    for (const part of parts) if (part.trim() !== '') lines.push(part.trim());
    if (lines.length > MOST_TASKS) return usageError(`standard input holds more than ${MOST_TASKS} tasks`, 'set fewer');
    if (rest.length > LONGEST_LINE || bytes > LONGEST_INPUT || count > MOST_LINES)
      return usageError('standard input is too long', 'set one task per line');
  }
  const last = (rest + decoder.decode()).trim();
  return { ok: true, value: last === '' ? lines : [...lines, last] };
}
