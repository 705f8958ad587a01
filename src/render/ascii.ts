import stringWidth from 'string-width';

/** Stand-ins of the same width, for what the view draws. */
const STAND_INS: Readonly<Record<string, string>> = {
  '█': '#',
  '░': '.',
  '→': '>',
  '·': '|',
  '…': '~',
  '–': '-',
  '▁': '_',
  '▂': '_',
  '▃': '-',
  '▄': '-',
  '▅': '=',
  '▆': '=',
  '▇': '#',
};

const graphemes = new Intl.Segmenter();

/** A drawn line for a console without Unicode: the same columns in ASCII. What has no stand-in becomes question marks. */
export function toAscii(line: string): string {
  return [...graphemes.segment(line)].map(({ segment }) => STAND_INS[segment] ?? asciiOf(segment)).join('');
}

function asciiOf(segment: string): string {
  return /^\p{ASCII}*$/u.test(segment) ? segment : '?'.repeat(stringWidth(segment));
}
