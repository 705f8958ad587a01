import { widthOfCharacter } from './width.ts';

/** Stand-ins of the same width, for what is drawn. */
const STAND_INS: Readonly<Record<string, string>> = {
  '━': '=',
  '╸': '>',
  '─': '-',
  '▁': '_',
  '▂': '_',
  '▃': '-',
  '▄': '-',
  '▅': '=',
  '▆': '=',
  '▇': '#',
  '█': '#',
  '·': '|',
  '›': '>',
  '…': '~',
  '✓': '+',
  '✗': 'x',
  '○': 'o',
  '■': '#',
  '│': '|',
  '└': '|',
  '◆': '*',
  '◇': 'o',
  '●': '>',
  '•': '|',
  '↑': '^',
  '↓': 'v',
};

/**
 * A drawn line for a terminal or a reader without such signs: the same columns in ASCII. A letter loses its accents; what has no
 * stand-in becomes question marks.
 */
export function toAscii(line: string): string {
  return line.replace(/\P{ASCII}/gu, (character) => STAND_INS[character] ?? asciiOf(character));
}

function asciiOf(character: string): string {
  const [letter = ''] = character.normalize('NFKD');
  const width = widthOfCharacter(character);
  return width === 1 && /^[ -~]$/.test(letter) ? letter : '?'.repeat(width);
}

/** The stream, for a package that draws on it with signs of its own: they arrive in ASCII. What tasks are called stays as it is. */
export function inAscii<S extends { write(text: string): unknown }>(stream: S): S {
  const write = (text: unknown) => stream.write(String(text).replace(/\P{ASCII}/gu, (sign) => STAND_INS[sign] ?? sign));
  return new Proxy(stream, {
    get(target, name) {
      const value: unknown = name === 'write' ? write : Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
