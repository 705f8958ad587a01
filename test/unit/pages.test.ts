import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagesOf, readPages } from '../../src/core/pages.ts';

const items = (count: number) => Array.from({ length: count }, (_, number) => ({ id: String(number), json: '' }));

/** A list that answers as a server does; keeps what it was asked for. */
function listOf(all: readonly { id: string; json: string }[]) {
  const asked: [offset: number, limit: number][] = [];
  const askPage = async (offset: number, limit: number) => {
    asked.push([offset, limit]);
    const page = all.slice(offset, offset + limit);
    return { ok: true as const, value: { items: page, count: page.length } };
  };
  return { asked, askPage };
}

describe('the pages of a list', () => {
  it('give what slicing the whole would give, whatever offset, limit, filter and size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(60),
        fc.nat(30),
        fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constant(Number.POSITIVE_INFINITY)),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        async (count, offset, limit, size, isFiltered) => {
          const all = items(count);
          const matches = isFiltered ? ({ id }: { id: string }) => Number(id) % 3 === 0 : null;
          const read = await readPages(listOf(all).askPage, { offset, limit, matches }, size);
          const matching = matches ? all.filter(matches) : all;
          expect(read).toEqual({ ok: true, value: matching.slice(offset, offset + limit) });
        },
      ),
    );
  });

  it('end at the one that is shorter than asked for', async () => {
    const { asked, askPage } = listOf(items(25));
    await readPages(askPage, { offset: 0, limit: Number.POSITIVE_INFINITY, matches: null }, 10);
    expect(asked).toEqual([
      [0, 10],
      [10, 10],
      [20, 10],
    ]);
  });

  it('are not asked for once there is enough that matches', async () => {
    const { asked, askPage } = listOf(items(100));
    await readPages(askPage, { offset: 0, limit: 3, matches: ({ id }) => Number(id) > 4 }, 10);
    expect(asked).toEqual([[0, 10]]);
  });

  it('are asked for one by one, as they are taken', async () => {
    const { asked, askPage } = listOf(items(100));
    for await (const page of pagesOf(askPage, { offset: 0, limit: 50, matches: null }, 10)) {
      expect(page.ok && page.value.length).toBe(10);
      if (asked.length === 2) break;
    }
    expect(asked).toEqual([
      [0, 10],
      [10, 10],
    ]);
  });

  it('end with the failure of one', async () => {
    const { askPage } = listOf(items(100));
    const failed = { ok: false as const, outcome: { kind: 'running' as const } };
    const read: unknown[] = [];
    const ask = async (offset: number, limit: number) => (offset < 10 ? askPage(offset, limit) : failed);
    for await (const page of pagesOf(ask, { offset: 0, limit: 50, matches: null }, 10)) read.push(page);
    expect(read).toEqual([{ ok: true, value: items(10) }, failed]);
    expect(await readPages(ask, { offset: 0, limit: 50, matches: null }, 10)).toEqual(failed);
  });
});
