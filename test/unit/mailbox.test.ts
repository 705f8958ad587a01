import { describe, expect, it } from 'vitest';
import { createMailbox } from '../../src/library/mailbox.ts';

interface Letter {
  readonly kind: string;
  readonly n: number;
}

const letter = (kind: string, n: number): Letter => ({ kind, n });
const never = () => {};
const boxOf = (onLeft = never) => createMailbox<Letter>(({ kind }) => kind === 'last', onLeft);

describe('a mailbox', () => {
  it('hands over what is put in while somebody reads, in order', async () => {
    const box = boxOf();
    const read: number[] = [];
    const reading = (async () => {
      for await (const { n } of box.events) read.push(n);
    })();
    for (const n of [1, 2, 3]) {
      box.put(letter('a', n));
      await new Promise(setImmediate);
    }
    box.put(letter('last', 4));
    await reading;
    expect(read).toEqual([1, 2, 3, 4]);
  });

  it('keeps the newest of each kind, in the order in which they came', async () => {
    const box = boxOf();
    for (let n = 0; n < 1000; n += 1) {
      box.put(letter('a', n));
      box.put(letter('b', n));
    }
    box.put(letter('a', 1000));
    box.put(letter('last', 0));
    const read: Letter[] = [];
    for await (const event of box.events) read.push(event);
    expect(read).toEqual([letter('b', 999), letter('a', 1000), letter('last', 0)]);
  });

  it('says when its reader has left, early or at the end', async () => {
    let left = 0;
    const leave = () => {
      left += 1;
    };
    const [early, late] = [boxOf(leave), boxOf(leave)];
    early.put(letter('a', 1));
    for await (const _ of early.events) break;
    expect(left).toBe(1);
    late.put(letter('last', 1));
    for await (const _ of late.events);
    expect(left).toBe(2);
  });
});
