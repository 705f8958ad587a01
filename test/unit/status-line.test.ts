import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { statusLine } from '../../src/render/status-line.ts';

/** What is written to a terminal of this width while two texts are shown and taken away. */
function written(columns: number): string {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  const asTerminal = { isTTY: true, columns, cursorTo: () => true, clearLine: () => true, moveCursor: () => true };
  const line = statusLine(Object.assign(stream, asTerminal));
  for (const text of ['Read 50 companies so far', 'Read 100 companies so far']) line.show(text);
  line.clear();
  return chunks.join('');
}

describe('the line that says how far a reading is', () => {
  it('stands on a terminal of a known width', () => {
    expect(written(80)).toContain('Read 50 companies so far');
  });

  it('is left out on one that tells no width, where it would never end', () => {
    expect(written(0)).not.toContain('Read');
  });
});
