import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal, prose, quoted, usage } from '../../src/cli/roff.ts';

const KEYS: Readonly<Record<string, string>> = { aq: "'", dq: '"', ga: '`', ha: '^', ti: '~' };

/** What a reader sees of a line, fonts apart. */
function shown(line: string): string {
  return line.replace(/\\(?:f[BIR]|&|e|-|\((..)|\[u([0-9A-F]+)\])/g, (sequence, glyph: string, code: string) => {
    if (code) return String.fromCodePoint(Number.parseInt(code, 16));
    return KEYS[glyph] ?? { '\\e': '\\', '\\-': '-' }[sequence] ?? '';
  });
}

describe('text for roff', () => {
  it.each([
    ['a plain sentence', ['a plain sentence']],
    ['.SH evil', ['\\&.SH evil']],
    ["'br evil", ['\\(aqbr evil']],
    ['back\\slash \\fB', ['back\\eslash \\efB']],
    ['well-known --all-of-it (-q) - x', ['well-known \\-\\-all\\-of\\-it (\\-q) \\- x']],
    ['run extruct-task', ['run extruct\\-task']],
    ['One. Two, e. g. 1.5m. Three', ['One.', 'Two, e.', 'g.', '1.5m.', 'Three']],
    ['an … ellipsis', ['an \\[u2026] ellipsis']],
    [`${'word '.repeat(20)}.end`, ['word '.repeat(14).trim(), `${'word '.repeat(6)}.end`]],
    ['', []],
  ])('%j is %j', (text, lines) => {
    expect(prose(text)).toEqual(lines);
  });

  it('shows what was written, and calls no macro, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('.', "'", '\\', ' ', '-', '"', 'a', 'é', '\n') })),
        (text) => {
          const lines = prose(text);
          expect(lines.filter((line) => /^[.']|[^\x20-\x7e]/.test(line))).toEqual([]);
          expect(lines.map(shown).join(' ')).toBe(text.split(/\s+/).filter(Boolean).join(' '));
          expect(shown(literal(text))).toBe(text);
        },
      ),
    );
  });

  it.each([
    ['-q, --quiet', '\\fB\\-q\\fR, \\fB\\-\\-quiet\\fR'],
    ['--no-exit-status', '\\fB\\-\\-no\\-exit\\-status\\fR'],
    ['--token-file <path>', '\\fB\\-\\-token\\-file\\fR \\fIpath\\fR'],
    ['--source <name...>', '\\fB\\-\\-source\\fR \\fIname...\\fR'],
    ['extruct-task watch [options] [task...]', '\\fBextruct\\-task watch\\fR [\\fIoptions\\fR] [\\fItask\\fR...]'],
  ])('marks %s as %s', (flags, roff) => {
    expect(usage(flags)).toBe(roff);
  });

  it('quotes the argument of a macro', () => {
    expect(quoted('say "x-y"')).toBe('"say \\(dqx\\-y\\(dq"');
  });
});
