import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const start = promisify(execFile);

/** Runs a program in a process of its own, with nothing of this one's environment; rejects where it does not end well. */
export function runFile(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return start(file, [...args], { env: { PATH: process.env.PATH ?? '', ...env } });
}
