import type { AnyCommand } from '../cli/command.ts';
import { optionTable, table } from '../cli/docs.ts';
import { helpOf, type Option, type Options } from '../cli/option.ts';
import { exitTable } from './exit-table.ts';

/** The commands whose options have a table of their own. The options that they share with `watch` are in its table. */
const OWN = ['create', 'resume', 'list', 'results', 'demo', 'sandbox'];

/** The tables of the docs that are made of the specs, by their names. */
export function docsTables(specs: ReadonlyMap<string, AnyCommand | null>): ReadonlyMap<string, string> {
  const optionsOf = (name: string): Options => specs.get(name)?.options ?? {};
  const shared = optionsOf('watch');
  return new Map([
    ['options-watch', optionTable(shared)],
    ...OWN.map((name) => [`options-${name}`, optionTable(withoutShared(optionsOf(name), shared))] as const),
    ['exit-codes', exitTable()],
    ['exit-codes-short', shortExits(specs)],
  ]);
}

/** Without the options that `watch` has with the same description. */
function withoutShared(options: Options, shared: Options): Options {
  const isTold = (key: string, option: Option<unknown>) => shared[key] !== undefined && helpOf(shared[key]) === helpOf(option);
  return Object.fromEntries(Object.entries(options).filter(([key, option]) => !isTold(key, option)));
}

/** The codes of `get` and `watch`, as their help tells them. */
function shortExits(specs: ReadonlyMap<string, AnyCommand | null>): string {
  const exits = ['watch', 'get'].flatMap((name) => specs.get(name)?.exits ?? []);
  const rows = new Map(exits.map(({ code, meaning }) => [code, meaning]));
  return table(
    ['code', 'meaning'],
    [...rows].toSorted(([a], [b]) => a - b).map(([code, meaning]) => [String(code), meaning]),
  );
}
