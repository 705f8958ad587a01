import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram, loadFor, NOWHERE } from '../../src/cli/program.ts';
import { COMMANDS } from '../../src/commands/index.ts';

/*
 * What the documents tell a reader to type, held against the tree of commands; and their links, against the files.
 */

const ROOT = resolve(import.meta.dirname, '../..');
const pages = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'skills/extruct-task/SKILL.md',
  ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'));
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** Every call of the program in a page's blocks of code, as its words, up to what the shell does next. */
function callsOf(page: string): string[][] {
  const blocks = [...read(page).matchAll(/^```(?:sh|yaml)\n([\s\S]*?)^```/gm)].map(([, code = '']) => code.replace(/\\\n/g, ' '));
  return blocks
    .flatMap((code) => [...code.matchAll(/(?<![\w-])extruct-task (?=[a-z])((?:'[^']*'|"[^"]*"|[^|&;<>)\n])*)/g)])
    .map(([, words = '']) => words.match(/'[^']*'|"[^"]*"|\S+/g) ?? []);
}

const program = createProgram(await loadFor([], COMMANDS), async () => {}, NOWHERE);
const commands = new Map(program.commands.map((command) => [command.name(), command]));

describe.each(pages)('%s', (page) => {
  it('calls commands that there are, with flags that they have', () => {
    for (const [name = '', ...words] of callsOf(page)) {
      const flags = commands.get(name)?.options.flatMap(({ short, long }) => [short, long]);
      expect(flags, `${page}: ${name}`).toBeDefined();
      for (const word of words.filter((text) => /^--?[a-z]/.test(text)))
        expect(flags, `${page}: ${name} ${word}`).toContain(word);
    }
  });

  it('links to files that there are', () => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target);
    for (const target of links) expect(() => readFileSync(resolve(ROOT, page, '..', target)), `${page}: ${target}`).not.toThrow();
  });
});

it('there are calls to check', () => {
  expect(pages.flatMap(callsOf).length).toBeGreaterThan(25);
});
