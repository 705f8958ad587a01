import { markdownTable } from '../render/markdown.ts';
import { type Option, type Options, placeholderOf } from './option.ts';

/*
 * The tables of the docs that a spec makes. A page holds each between two comments: `<!-- table: name -->` and
 * `<!-- end -->`.
 */

/** A table of options in Markdown, without those that are hidden. */
export function optionTable(options: Options): string {
  const rows = Object.values(options).flatMap((option) => (option.isHidden ? [] : [optionRow(option)]));
  return table(['flag', 'default', ''], rows);
}

function optionRow(option: Option<unknown>): string[] {
  const { flags, default: value, otherwise, variable, help, more = '' } = option;
  const code = (text: string | undefined) => (text === undefined ? [] : [`\`${text}\``]);
  const counts = otherwise === undefined ? code(value) : [otherwise];
  const isFlag = placeholderOf(option) === '';
  const words = [...code(variable), ...(isFlag && counts.length === 0 ? ['off'] : counts)].join(', else ');
  return [
    flags
      .split(', ')
      .map((flag) => `\`${flag}\``)
      .join(', '),
    words,
    more === '' ? help : `${help}. ${more}`,
  ];
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  return markdownTable(head, cells).trimEnd().replaceAll('|  |', '| |');
}

/** The page with each table in its place. Throws for a place without a table: a mistake in the page. */
export function withTables(page: string, tables: ReadonlyMap<string, string>): string {
  return page.replace(/<!-- table: ([\w-]+) -->\n[\s\S]*?<!-- end -->/g, (_, name: string) => {
    const text = tables.get(name);
    if (text === undefined) throw new Error(`unknown table '${name}'`);
    return `<!-- table: ${name} -->\n${text}\n<!-- end -->`;
  });
}
