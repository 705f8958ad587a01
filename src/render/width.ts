import { eastAsianWidth } from 'get-east-asian-width';

const PRINTABLE_ASCII = /^[ -~]*$/;

// What terminals draw as nothing, or as a blank or a sign of its own: soft hyphens, joiners, tags, variation selectors.
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

// What is joined to a picture, and the colour of its skin: some terminals draw one picture, others draw each part.
const PARTS_OF_PICTURES =
  /(?<=\p{Extended_Pictographic}\uFE0F?)(?:[\u{1F3FB}-\u{1F3FF}]|\u200D\p{Extended_Pictographic}\uFE0F?)+/gu;

const KEYCAPS = /(?<=[\d#*]\uFE0F?)\u20E3/g;

const FLAG_LETTERS = /[\u{1F1E6}-\u{1F1FF}]/gu;
const FIRST_FLAG_LETTER = 0x1f1e6;

/**
 * The text in characters that take the same columns in every terminal: of a picture of several parts the first, of a flag its two
 * letters, and nothing that is invisible. (string-width counts a picture of several parts as one, and xterm and tmux draw each.)
 */
export function drawable(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  return text
    .normalize('NFC')
    .replace(PARTS_OF_PICTURES, '')
    .replace(KEYCAPS, '')
    .replace(FLAG_LETTERS, letterOf)
    .replace(INVISIBLE, '');
}

function letterOf(flagLetter: string): string {
  return String.fromCodePoint('A'.charCodeAt(0) + (flagLetter.codePointAt(0) ?? 0) - FIRST_FLAG_LETTER);
}

const ON_TOP_OF_ANOTHER = /^[\p{Mn}\p{Me}\p{Cf}\p{Default_Ignorable_Code_Point}]$/u;

/** How many columns a terminal needs for one character by itself. */
export function widthOfCharacter(character: string): number {
  if (PRINTABLE_ASCII.test(character)) return 1;
  return ON_TOP_OF_ANOTHER.test(character) ? 0 : eastAsianWidth(character.codePointAt(0) ?? 0);
}

/** How many columns a terminal needs for a text, if it draws each character by itself. Escape codes count as text. */
export function widthOf(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}
