import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createCanvas } from '../../src/render/canvas.ts';

/** Draws a line in a window of 80 columns, then in others; tells the rows that there are for lines, and what was written of the last. */
function drawnAfter(env: Readonly<Record<string, string>>, ...windows: readonly { columns: number; rows?: number }[]) {
  let written = '';
  const stream = Object.assign(new EventEmitter(), {
    columns: 80,
    rows: 24,
    write(text: string) {
      written = text;
      return true;
    },
  });
  const terminal = { stream: stream as unknown as NodeJS.WriteStream, shared: [], env, quietKeys: () => () => {} };
  const canvas = createCanvas(terminal, () => canvas.draw(['the view']));
  canvas.draw(['the view']);
  for (const window of windows) {
    Object.assign(stream, window);
    stream.emit('resize');
  }
  const { rows } = canvas.size();
  canvas.close();
  canvas.forget();
  return { rows, isApart: written.includes('\u001B[?7l\r\nthe view') };
}

describe('a canvas in VTE', () => {
  const VTE = { VTE_VERSION: '8001', TERM: 'xterm-256color' };

  it('begins with an empty line once the window has become narrower: VTE would push the first row of a longer one into its history', () => {
    expect(drawnAfter(VTE, { columns: 79 })).toEqual({ rows: 22, isApart: true });
    expect(drawnAfter(VTE, { columns: 79 }, { columns: 120 })).toEqual({ rows: 22, isApart: true });
  });

  it.each([
    ['a window that became wider or lower', VTE, [{ columns: 90 }, { columns: 90, rows: 10 }], 9],
    ['a window that has no row for it', VTE, [{ columns: 70, rows: 2 }], 1],
    ['tmux', { ...VTE, TMUX: '/run/tmux,1,0' }, [{ columns: 70 }], 23],
    ['xterm', { TERM: 'xterm' }, [{ columns: 70 }], 23],
  ])('does not in %s', (_, env, windows, rows) => {
    expect(drawnAfter(env, ...windows)).toEqual({ rows, isApart: false });
  });
});
