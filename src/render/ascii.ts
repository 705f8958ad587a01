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
};

/** A table as it may be printed: with our own signs in ASCII where the screen has no others. What companies are called stays as it is. */
export function forScreen(table: string, { unicode }: { readonly unicode: boolean }): string {
  return unicode ? table : table.replace(/\P{ASCII}/gu, (character) => STAND_INS[character] ?? character);
}

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
