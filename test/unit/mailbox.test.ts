import { describe, expect, it } from 'vitest';
import { createMailbox } from '../../src/client/mailbox.ts';

interface Letter {
  readonly kind: string;
  readonly n: number;
}

const letter = (kind: string, n: number): Letter => ({ kind, n });

/** A mailbox whose letters a loop can read; counts how often its reader left. */
function openBox() {
  let left = 0;
  const box = createMailbox<Letter>(() => {
    left += 1;
  });
  return { ...box, left: () => left, [Symbol.asyncIterator]: () => box.letters };
}

describe('a mailbox', () => {
  it('hands over what is put in while somebody reads, in order', async () => {
    const box = openBox();
    const read: number[] = [];
    const reading = (async () => {
      for await (const { n } of box) read.push(n);
    })();
    for (const n of [1, 2, 3]) {
      box.put(letter('a', n));
      await new Promise(setImmediate);
    }
    box.put(letter('b', 4));
    box.close();
    await reading;
    expect(read).toEqual([1, 2, 3, 4]);
  });

  it('keeps the newest of each kind, in the order in which they came', async () => {
    const box = openBox();
    for (let n = 0; n < 1000; n += 1) {
      box.put(letter('a', n));
      box.put(letter('b', n));
    }
    box.put(letter('a', 1000));
    box.close();
    const read: Letter[] = [];
    for await (const event of box) read.push(event);
    expect(read).toEqual([letter('b', 999), letter('a', 1000)]);
  });

  it.each<[string, unknown]>([
    ['an error', new Error('broken')],
    ['nothing at all', undefined],
  ])('throws what it was closed with, %s, behind what waits', async (_what, thrown) => {
    const box = openBox();
    box.put(letter('a', 1));
    box.close({ thrown });
    const read: number[] = [];
    const reading = (async () => {
      for await (const { n } of box) read.push(n);
    })();
    expect(await reading.then(() => 'nothing was thrown').catch((caught: unknown) => ({ caught }))).toEqual({ caught: thrown });
    expect(read).toEqual([1]);
  });

  it('says when its reader has left, early or at the end', async () => {
    const [early, late] = [openBox(), openBox()];
    early.put(letter('a', 1));
    for await (const _ of early) break;
    expect(early.left()).toBe(1);
    late.put(letter('a', 1));
    late.close();
    for await (const _ of late);
    expect(late.left()).toBe(1);
  });

  it('lets a reader go that has not begun', async () => {
    const box = openBox();
    expect(await box.letters.return?.()).toEqual({ done: true, value: undefined });
    expect(box.left()).toBe(1);
  });

  it('lets a reader go that waits for a letter', async () => {
    const box = openBox();
    const waiting = box.letters.next();
    await new Promise(setImmediate);
    await box.letters.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(box.left()).toBe(1);
  });
});
