import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../../src/cli/command.ts';
import { manPage } from '../../src/cli/man.ts';
import { ENVIRONMENT } from '../../src/cli/man-words.ts';
import { text as anyText, optional } from '../../src/cli/option.ts';
import { createProgram, loadFor, NOWHERE } from '../../src/cli/program.ts';
import { literal } from '../../src/cli/roff.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { version } from '../../src/version.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MACROS = /^\.(?:TH|SH|SS|TP|PP|BR|nf|fi|nh|ad)(?: |$)/;
const ESCAPE = /\\(?:f[BIR]|[-e&]|\((?:aq|dq|ga|ha|ti)|\[u[0-9A-F]{4,6}\])/g;

const specs = await loadFor([], COMMANDS);
const program = createProgram(specs, async () => {}, NOWHERE);
const page = manPage(specs);
const lines = page.split('\n').slice(0, -1);

/** What stands below a heading. */
function section(heading: string): string {
  return page.split(/^\.S[HS] /m).find((part) => part.startsWith(heading)) ?? '';
}

function expectValid(page: string): void {
  const faults = page
    .split('\n')
    .slice(0, -1)
    .filter((line) => line === '' || (/^[.']/.test(line) && !MACROS.test(line)) || line.replaceAll(ESCAPE, '').includes('\\'));
  expect(faults).toEqual([]);
}

describe('the man page', () => {
  it('calls no macro and no escape but those it means', () => {
    expectValid(page);
  });

  it('has lines that any program can read', () => {
    // What is to be copied stands on one line.
    expect(lines.filter((line) => line.length > 80 && !line.startsWith('\\fB'))).toEqual([]);
    expect(lines.filter((line) => /[^\x20-\x7e]/.test(line))).toEqual([]);
  });

  it('has all its sections', () => {
    expect(lines.filter((line) => line.startsWith('.SH '))).toEqual(
      ['NAME', 'SYNOPSIS', 'DESCRIPTION', 'COMMANDS', 'EXIT STATUS', 'ENVIRONMENT', 'SEE ALSO'].map((name) => `.SH ${name}`),
    );
  });

  it('names the version, and no day: the same sources make the same page', () => {
    expect(page).toContain(`"extruct\\-task ${version}"`);
    expect(page).not.toMatch(/\b20\d\d\b/);
    expect(manPage(specs)).toBe(page);
  });

  it('is what the build has written', () => {
    expect(readFileSync(resolve(ROOT, 'man/extruct-task.1'), 'utf8')).toBe(page);
  });
});

describe.each(
  program
    .createHelp()
    .visibleCommands(program)
    .map((command) => [command.name(), command] as const),
)('the man page on %s', (name, command) => {
  const text = section(`"${name}`);

  it('names it, in the synopsis and by itself', () => {
    expect(section('SYNOPSIS')).toContain(`\\fBextruct\\-task ${name}\\fR`);
    expect(text).toContain(command.description().slice(1, 30));
  });

  it('names every option that is not hidden, and none that is', () => {
    const told = new Set(text.match(/\\fB\\-\S*?\\fR/g));
    const visible = command.createHelp().visibleOptions(command);
    const names = visible.flatMap(({ long, short }) => [long, short].flatMap((option) => option ?? []));
    expect(told).toEqual(new Set(names.map((option) => `\\fB${literal(option)}\\fR`)));
  });

  it('has its examples', () => {
    for (const [line] of specs.get(name)?.examples ?? []) expect(text).toContain(literal(line));
  });
});

describe('the man page tells', () => {
  it('every exit code, in order, with its commands', () => {
    const codes = [...section('EXIT STATUS').matchAll(/^\\fB(\d+)\\fR$/gm)].map(([, code]) => Number(code));
    const told = [...specs.values()].flatMap((spec) => spec?.exits.map(({ code }) => code) ?? []);
    expect(new Set(codes)).toEqual(new Set(told));
    expect(codes).toEqual(codes.toSorted((a, b) => a - b));
    expect(section('EXIT STATUS')).toContain('the task failed (watch, get, demo');
  });

  it('every variable that the sources read', () => {
    const files = readdirSync(resolve(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const code = files.map((file) => readFileSync(resolve(ROOT, 'src', file), 'utf8')).join('\n');
    const read = [...code.matchAll(/\benv\.([A-Z_]{2,})\b|\{ ([A-Z_]{2,})(?: = '')? \}: Host\['env'\]/g)].map(
      ([, a, b]) => a ?? b,
    );
    const told = ENVIRONMENT.flatMap(([names]) => names.split(', '));
    expect(read).toContain('CI');
    expect(told).toEqual(expect.arrayContaining(read));
  });
});

describe('a spec that means ill', () => {
  it('has no say in the page', () => {
    const evil = '.SH EVIL\n.so /etc/passwd\n\'br \\fB\\*[x] "';
    const spec = command({
      summary: evil,
      args: [{ term: '<y>', help: evil }],
      options: { z: optional({ flags: '--z <path>', help: evil, more: evil }, anyText) },
      examples: [[evil, evil]],
      notes: [],
      exits: [{ code: 1, meaning: evil }],
      run: async () => 0,
    });
    const evilPage = manPage(new Map([['x', spec]]));
    expectValid(evilPage);
    expect(evilPage).not.toMatch(/^\.(?:SH EVIL|so)/m);
  });
});
