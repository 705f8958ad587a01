import { cannotRead, isUnreadable, readShort } from '../../cli/read-short.ts';
import { depthOf } from '../../core/json-text.ts';
import { type Result, usageError } from '../../core/usage.ts';
import type { Host } from '../../host.ts';

/**
 * The criteria in a JSON or YAML file (`-` is standard input), unchecked: a list, or an object that has it under `criteria`, as a
 * request's body has. Every JSON is YAML, but for tabs, so it is tried first. The parser of YAML is loaded only here.
 */
export async function readCriteria(path: string, host: Host, mostBytes: number): Promise<Result<unknown[]>> {
  const name = `--criteria-file '${path}'`;
  try {
    const text = await readShort(path, host, mostBytes);
    if (text === null) return usageError(`${name} is too long`, 'check the path');
    const value = await parse(text);
    if (value === undefined) return usageError(`${name} is too long for YAML`, 'save it as JSON, or check the path');
    const list = typeof value === 'object' && value !== null && 'criteria' in value ? value.criteria : value;
    if (jsonOf(list) === null) return usageError(`${name} is nested too deeply, or contains itself`, 'check its content');
    if (Array.isArray(list) && list.length > 0) return { ok: true, value: list };
    return usageError(`${name} does not contain a list of criteria`, 'check that each has a key, a name and a criterion');
  } catch (error) {
    if (isUnreadable(error)) return cannotRead(name, error);
    const what = error instanceof Error ? error.message.split('\n')[0]?.replace(/:$/, '') : '';
    return usageError(`${name} is not JSON or YAML (${what})`, 'check its content');
  }
}

/**
 * The most punctuation and line ends in a YAML file; a criterion has about 20. The parser's time grows with the square of its keys, its
 * anchors and its errors: this many take less than a second, 1 MiB of them minutes.
 */
const MOST_MARKS = 10_000;

/** Undefined where the text would take too long. */
async function parse(text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    if ((text.match(/[\p{P}\p{S}\n\r]/gu) ?? []).length > MOST_MARKS) return undefined;
    const { parse: parseYaml } = await import('yaml');
    // Its warnings would bypass our streams.
    return parseYaml(text, { logLevel: 'error' }) ?? null;
  }
}

/** Nothing that is nested more deeply is a criterion, and a parser does not have to accept it (RFC 8259 section 9). */
const DEEPEST = 100;

/** A value as JSON; null where it is nested too deeply, or by an anchor of YAML within itself. */
export function jsonOf(value: unknown): string | null {
  try {
    const json = JSON.stringify(value) ?? '';
    return depthOf(json) > DEEPEST ? null : json;
  } catch {
    // Some versions of Node accept any depth, others run out of stack.
    return null;
  }
}
