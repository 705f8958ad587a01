import { describe, expect, it } from 'vitest';
import { startApi } from '../support/api.ts';
import { type Screen, shows, startInTerminal } from '../support/terminal.ts';

const ABOVE = Array.from({ length: 12 }, (_, index) => `above-${index}-${'x'.repeat(70)}-end`);

describe.each([
  ['folds old lines anew', true],
  ['cuts old lines', false],
])('in a terminal that %s', (_, folds) => {
  /** Starts a watch below twelve long lines. */
  async function watchBelowText(rows: number): Promise<Screen> {
    const api = await startApi();
    const script = `printf '%s\\n' ${ABOVE.join(' ')}; exec $PROGRAM watch task-1`;
    const screen = startInTerminal('bash', ['--norc', '-c', script], { api, columns: 100, rows, folds });
    await shows(screen, '25 of 50');
    return screen;
  }

  /** How many frames have been drawn as a whole: what stood there was cleared first. */
  const wholeFrames = (screen: Screen) => screen.bytes().split('\u001b[J').length;

  /** All that was ever on the screen, without the ends of lines: old lines are folded in between. */
  const everything = (screen: Screen) => screen.everything().join('');

  it.each([40, 22, 14])(
    'of %i rows, a window that becomes narrower, wider and lower keeps the text above, and one frame',
    async (rows) => {
      const screen = await watchBelowText(rows);
      for (const [columns, height] of [
        [45, rows],
        [90, rows],
        [70, rows - 4],
        [30, rows - 4],
        [100, rows],
      ] as const) {
        const frames = wholeFrames(screen);
        screen.resize(columns, height);
        await expect.poll(() => wholeFrames(screen)).toBeGreaterThan(frames);
        await shows(screen, /25( of |\/)50/);
        expect(screen.lines().filter((line) => /^ {2}25( of |\/)50 /.test(line))).toHaveLength(1);
        for (const line of ABOVE) expect(everything(screen)).toContain(folds ? line : line.slice(0, 30));
      }
      // In the history stands nothing but what the terminal itself has pushed there.
      screen.type('\u0003');
      await screen.exited;
      await expect
        .poll(() => screen.lines().join('\n'))
        .toMatch(/stopped at 25 of 50 high-fit; it goes on running on the server +extruct-task watch task-1$/);
      expect(screen.lines().filter((line) => !/^(?:above|x|-?end|■ stopped)/.test(line))).toEqual([]);
    },
  );
});
