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
