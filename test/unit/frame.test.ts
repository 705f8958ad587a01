import { Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawAnew, drawChanges, erase, type Parking } from '../../src/render/frame.ts';
import { paintOf } from '../../src/render/paint.ts';

/** As wide as the widest lines that are made here. */
const COLUMNS = 54;
const ABOVE = 'somebody else’s line';
const paint = paintOf(true);

/** What stands on a screen after all that was written: each line with its characters' styles. */
async function screenAfter(...written: readonly string[]) {
  const terminal = new Terminal({ cols: COLUMNS, rows: 12, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(`${ABOVE}\r\n${written.join('')}`, resolve));
  const buffer = terminal.buffer.active;
  const lines = Array.from({ length: 12 }, (_, row) =>
    Array.from({ length: COLUMNS }, (_, column) => {
      const cell = buffer.getLine(row)?.getCell(column);
      const isBlank = cell?.getChars().trim() === '';
      return isBlank ? ' ' : [cell?.getChars(), cell?.getFgColor(), cell?.isBold(), cell?.isDim()].join('/');
    })
      .join('')
      .trimEnd(),
  );
  const cursor = [buffer.cursorY, buffer.cursorX];
  terminal.dispose();
  return { lines, cursor };
}

const words = fc.array(fc.constantFrom('solar', '12', '━━━╸──', '日本', 'é', ' ', '  ', '⠋', '✓'), { maxLength: 3 });
const line = fc
  .array(fc.tuple(fc.constantFrom(paint.cyan, paint.bold, paint.dim, paint.green, String), words), { maxLength: 3 })
  .map((pieces) => pieces.map(([style, texts]) => style(texts.join(''))).join(''));
const lines = fc.array(line, { minLength: 1, maxLength: 6 });
const pair = fc.tuple(lines, lines).map(([before, after]) => [before, before.map((_, row) => after[row] ?? '')] as const);
const parkings = fc.constantFrom<Parking>('first line', 'below');
const upOf = (parking: Parking, count: number) => (parking === 'below' ? count : 0);

describe('a frame', () => {
  it('that is changed looks like one that is drawn anew, and leaves the cursor where it was', async () => {
    await fc.assert(
      fc.asyncProperty(pair, parkings, async ([before, after], parking) => {
        const up = upOf(parking, before.length);
        const changed = await screenAfter(drawAnew(before, parking, 0), drawChanges(before, after, up));
        expect(changed).toEqual(await screenAfter(drawAnew(after, parking, 0)));
        expect(changed.cursor).toEqual([1 + up, 0]);
      }),
    );
  });

  it('is gone without a trace, and what stands above it stays', async () => {
    await fc.assert(
      fc.asyncProperty(lines, lines, parkings, async (before, after, parking) => {
        const [first, second] = [upOf(parking, before.length), upOf(parking, after.length)];
        const drawn = [drawAnew(before, parking, 0), drawAnew(after, parking, first)];
        expect(await screenAfter(...drawn)).toEqual(await screenAfter(drawAnew(after, parking, 0)));
        expect(await screenAfter(...drawn, erase(second))).toEqual(await screenAfter());
      }),
    );
  });

  it('is never erased to the end of the screen from its very first place: tmux would keep that as history', async () => {
    await fc.assert(
      fc.asyncProperty(lines, lines, parkings, async (before, after, parking) => {
        const terminal = new Terminal({ cols: COLUMNS, rows: 12, allowProposedApi: true });
        const erasedFrom: number[][] = [];
        terminal.parser.registerCsiHandler({ final: 'J' }, () => {
          erasedFrom.push([terminal.buffer.active.cursorY, terminal.buffer.active.cursorX]);
          return false;
        });
        const frames = [before, after].map((drawn, index) => drawAnew(drawn, parking, index && upOf(parking, before.length)));
        const written = [...frames, erase(upOf(parking, after.length))].join('');
        await new Promise<void>((resolve) => terminal.write(written, resolve));
        terminal.dispose();
        expect(erasedFrom).toHaveLength(3);
        expect(erasedFrom).not.toContainEqual([0, 0]);
      }),
    );
  });

  it('writes no more than what has changed', () => {
    const at = (seconds: number) => [`${paint.cyan('⠋')} ${paint.bold('solar')}   ${seconds}s`, `${paint.green('━━━')}───`];
    expect(drawChanges(at(1), at(1), 0)).toBe('');
    expect(drawChanges(at(1), at(2), 0)).toBe('\u001B[11G2\r');
    expect(drawChanges(at(9), at(10), 0)).toContain('l\u001B[11G10s\u001B');
    expect(drawChanges(at(10), at(9), 0)).toContain('l\u001B[11G9s\u001B[13G\u001B[K\u001B');
    // What stays the same is passed over where it is longer than the way.
    expect(drawChanges(['1 solar companies 1'], ['2 solar companies 2'], 0)).toContain('l2\u001B[19G2\u001B');
    expect(drawChanges(['1 solar 1'], ['2 solar 2'], 0)).toContain('l2 solar 2\u001B');
    expect(drawChanges(['a', 'b'], ['a', 'c'], 0)).toBe('\u001B7\u001B[1Bc\u001B8');
    expect(drawChanges(['a', 'b'], ['a', 'cc'], 0)).toBe(
      '\u001B[?2026h\u001B7\u001B[?7l\u001B[1Bcc\u001B8\u001B[?7h\u001B[?2026l',
    );
  });

  it('clears a line before it writes it, and never behind it: there many a terminal would clear its last character', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        for (const clearing of drawChanges(before, after, 0).split('\u001B[K').slice(0, -1)) {
          expect(clearing).toMatch(/(?:^|[GB8l])$/);
        }
      }),
    );
  });
});
