import { type Checked, outOfRange, type Problem } from './problems.ts';

/** A part of a list. */
interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** Reads `offset` and `limit` of a query; `usual` is the limit where none is given. No highest one is documented. */
export function readPage(query: URLSearchParams, usual: number): Checked<Page> {
  const offset = readWhole(query, 'offset', 0, 0);
  const limit = readWhole(query, 'limit', 1, usual);
  if (offset.ok && limit.ok) return { ok: true, value: { offset: offset.value, limit: limit.value } };
  return { ok: false, problems: [offset, limit].flatMap((part) => (part.ok ? [] : part.problems)) };
}

/** The items on a page. */
export function pageOf<T>(list: readonly T[], { offset, limit }: Page): T[] {
  return list.slice(offset, offset + limit);
}

function readWhole(query: URLSearchParams, name: string, least: number, usual: number): Checked<number> {
  // Of a parameter that is given twice FastAPI reads the last.
  const text = query.getAll(name).at(-1);
  if (text === undefined) return { ok: true, value: usual };
  const loc = ['query', name];
  const value = Number(text);
  if (!/^[+-]?\d+$/.test(text)) return refuse({ loc, type: 'int_parsing', msg: NO_INTEGER });
  return value < least ? refuse(outOfRange(loc, 'least', least)) : { ok: true, value };
}

const NO_INTEGER = 'Input should be a valid integer, unable to parse string as an integer';

function refuse(problem: Problem): Checked<never> {
  return { ok: false, problems: [problem] };
}
