import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { foldWords } from '../../src/render/fold.ts';
import { writeError, writeNote, writeWarning } from '../../src/render/messages.ts';
import { run } from '../support/run.ts';

const COMMAND = 'extruct-task watch 0b6f7f0e-8b7c-4b1c-9d53-6a4b0d7f1c2e';
const REASON = {
  what: 'The task did not end within 30m (--timeout)',
  fix: `run \`${COMMAND}\` to watch it again, or set a longer --timeout`,
};

function written(
  columns: number | undefined,
  write: (stderr: { columns?: number | undefined; write(text: string): void }) => void,
) {
  let all = '';
  write({
    columns,
    write(text) {
      all += text;
    },
  });
  return all;
}

describe('text on a terminal', () => {
  it.each([
    ['folds at blanks', 'one two three', 8, ['one two', 'three']],
    ['keeps a word whole that is too long', 'a 0123456789 b', 6, ['a', '0123456789', 'b']],
    ['keeps a command in its line where it fits', 'run `a b c` now', 20, ['run `a b c` now']],
    ['puts one that would break on a line of its own', 'run `a b c d`, and wait', 9, ['run', 'a b c d', 'and wait']],
  ])('%s', (_, text, columns, lines) => {
    expect(foldWords(text, columns, ({ length }) => length)).toEqual(lines);
  });

  it('is an error whose command can be copied', () => {
    expect(written(60, (stderr) => writeError(stderr, false, REASON, false)).split('\n')).toEqual([
      'error: The task did not end within 30m (--timeout); run',
      COMMAND,
      'to watch it again, or set a longer --timeout',
      '',
    ]);
    const colored = written(60, (stderr) => writeError(stderr, true, REASON, false));
    expect(colored.startsWith('\u001b[31merror:\u001b[39m The task ')).toBe(true);
  });

  it.each([30, 40, 60, 80])('is help without a line over %i columns, whose examples can be pasted', async (columns) => {
    for (const command of [[], ...Object.keys(COMMANDS).map((name) => [name])]) {
      const { stdout } = await run([...command, '--help'], { stdoutColumns: columns });
      expect(stdout.split('\n').filter((line) => line.length > columns)).toEqual([]);
      const pasted = stdout.replace(/ \\\n +/g, ' ').split('\n');
      for (const [example] of (await COMMANDS[command[0] ?? '']?.())?.examples ?? []) expect(pasted).toContain(`  ${example}`);
    }
  });

  it('is a line where it is no terminal, and never wider than one where it is', () => {
    expect(written(undefined, (stderr) => writeError(stderr, false, REASON, false)).split('\n')).toHaveLength(2);
    const note = written(30, (stderr) => writeWarning(stderr, false, '会社 '.repeat(40)));
    for (const line of note.split('\n')) expect([...line].length + (line.match(/[^ -~]/g)?.length ?? 0)).toBeLessThanOrEqual(30);
    expect(written(30, (stderr) => writeNote(stderr, 'short'))).toBe('short\n');
  });
});
