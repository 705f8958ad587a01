/** A word, or a command in backticks, which stays whole with what is written right beside it. */
const WORDS = /(?:[^\s`]*`[^`]*`[^\s`]*)+|\S+/g;

const COMMAND = /^`([^`]*)`[.,;:]?$/;

/**
 * A text as lines of at most `columns`, broken at blanks; a longer word stays whole. So does a command in backticks: where it would
 * break it stands on a line of its own, without the backticks, so that it can be copied. `measure` tells the width of a text.
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
    if (command === undefined) line = word;
    else lines.push(command);
  }
  end();
  return lines;
}
