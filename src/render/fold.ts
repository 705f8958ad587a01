/** A word, or a command in backticks, which stays whole with what is written right beside it. */
const WORDS = /(?:[^\s`]*`[^`]*`[^\s`]*)+|\S+/g;

const COMMAND = /^`([^`]*)`[.,;:]?$/;

/**
 * A text as lines of at most `columns`, broken at blanks. A longer word is broken anywhere; a command in backticks never is: where
 * it would break it stands on a line of its own, without the backticks, so that it can be copied. `measure` tells the width of a text.
 */
export function foldWords(text: string, columns: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  const end = () => {
    if (line !== '') lines.push(line);
    line = '';
  };
  for (const [word] of text.matchAll(WORDS)) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (measure(joined) <= columns) {
      line = joined;
      continue;
    }
    end();
    const [, command] = COMMAND.exec(word) ?? [];
    if (command !== undefined) lines.push(command);
    else if (word.includes('`')) line = word;
    else {
      const pieces = broken(word, columns, measure);
      line = pieces.pop() ?? '';
      lines.push(...pieces);
    }
  }
  end();
  return lines;
}

/** A word in pieces of at most `columns`, or of one character. */
function broken(word: string, columns: number, measure: (text: string) => number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && measure(piece + character) > columns) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
