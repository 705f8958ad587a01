import type { Progress } from '../core/progress.ts';
import { cut } from './format.ts';
import { widthOf } from './width.ts';

/** Less of an ID tells nobody anything; but where there is little room for the query, what tells tasks apart has to do. */
const [SHORTEST_ID, WIDE_FROM] = [4, 28];

/**
 * A name of at most `columns` columns for each task: its query, or its ID where it has none. Tasks whose names look the same at
 * this width have as much of their IDs behind them as tells them apart.
 */
export function taskNames(all: readonly Pick<Progress, 'id' | 'task'>[], columns: number): string[] {
  const names = all.map(({ task, id }) => cut(task?.query || id, columns));
  const ids = new Map<string, string[]>();
  for (const [index, name] of names.entries()) {
    const sharing = ids.get(name);
    const { id = '' } = all[index] ?? {};
    if (sharing) sharing.push(id);
    else ids.set(name, [id]);
  }
  const partOf = new Map(
    [...ids].map(([name, sharing]) => [
      name,
      sharing.length > 1 ? tellingPart(sharing, columns < WIDE_FROM ? 1 : SHORTEST_ID) : null,
    ]),
  );
  return names.map((name, index) => {
    const { id = '', task } = all[index] ?? {};
    const part = partOf.get(name)?.(id);
    return part === undefined ? name : withId(task?.query ?? '', part, columns);
  });
}

function withId(query: string, part: string, columns: number): string {
  const behind = cut(query === '' ? part : `(${part})`, columns);
  const room = columns - widthOf(behind) - 1;
  return query === '' || room < 1 ? behind : `${cut(query, room)} ${behind}`;
}

/** What of an ID tells it from the others: its first characters, or its last where those are fewer. */
function tellingPart(ids: readonly string[], shortest: number): (id: string) => string {
  const first = lengthThatTells(ids, shortest, (id, length) => id.slice(0, length));
  const last = lengthThatTells(ids, shortest, (id, length) => id.slice(-length));
  return last < first ? (id) => (last < id.length ? `…${id.slice(-last)}` : id) : (id) => id.slice(0, first);
}

function lengthThatTells(ids: readonly string[], shortest: number, partOf: (id: string, length: number) => string): number {
  const longest = Math.max(...ids.map((id) => id.length));
  for (let length = shortest; length < longest; length += 1) {
    if (new Set(ids.map((id) => partOf(id, length))).size === ids.length) return length;
  }
  return longest;
}
