import { expect } from 'vitest';
import { type Ran, TOKEN } from './run.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
const ACTS_ON_A_TERMINAL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const STACK_TRACE = /^\s+at |node:internal|\.(?:js|ts|cjs):\d+:\d+/m;

/**
 * What holds after whatever went wrong: no stack trace, no token, nothing that acts on a terminal, and with `--json` one
 * last line for the task, which is the last of all.
 */
export function expectCivil(ran: Ran): void {
  for (const text of [ran.stdout, ran.stderr]) {
    expect(text).not.toMatch(STACK_TRACE);
    expect(text).not.toContain(TOKEN);
    expect(text).not.toMatch(ACTS_ON_A_TERMINAL);
  }
  for (const line of ran.stderr.split('\n').filter((text) => text.startsWith('error:')))
    expect(line).toMatch(/; .*\b(?:run|set|check)\b/);
  const endings = ran.json.map((line) => 'exit_code' in line);
  expect(endings).toEqual([...endings.slice(1).map(() => false), true]);
}
