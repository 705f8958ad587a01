/*
 * Text as roff, the language of man pages (groff_char(7), man(7)). Every line that is made here is text: none begins with a control
 * character that it did not mean to.
 */

/** How long a line of the source may be, in characters; mandoc's lint wants no more than 80 bytes. */
const SOURCE_COLUMNS = 72;

/** What roff reads otherwise than it is written, and how it is asked for: quotes and accents as a keyboard has them. */
const GLYPHS: Readonly<Record<string, string>> = {
  '\\': '\\e',
  "'": '\\(aq',
  '"': '\\(dq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
};

/** Text in which every character counts, because it is copied to a shell. It stays on its line. */
export function literal(text: string): string {
  return escapeText(text).replaceAll('-', '\\-');
}

/** A paragraph of prose as lines of text. Options in it can be copied as well; a hyphen stays one. */
export function prose(text: string): string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const lines: string[] = [];
  for (const word of words.map((word) => (/^\W*-|extruct-task/.test(word) ? literal(word) : escapeText(word)))) {
    const line = lines.pop();
    // A sentence begins a line: roff knows its end by that.
    if (line === undefined) lines.push(word);
    else if (line.length + word.length >= SOURCE_COLUMNS || /\w[.!?]$/.test(line)) lines.push(line, word);
    else lines.push(`${line} ${word}`);
  }
  return lines.map(guard);
}

/** A command's usage or an option's flags: names bold, placeholders italic. */
export function usage(text: string): string {
  const marked = literal(text)
    .replace(/^[a-z](?:\w|\\-)*(?: [a-z]+)*/, bold)
    .replace(/<([^>]+)>/g, '\\fI$1\\fR')
    .replace(/\[([a-z]+)(\.\.\.)?\]/g, '[\\fI$1\\fR$2]');
  return guard(marked.replace(/(?<![\w\\\]])(?:\\-)+[A-Za-z](?:\w|\\-)*/g, bold));
}

/** Roff that is bold. */
export function bold(roff: string): string {
  return `\\fB${roff}\\fR`;
}

/** A heading's or a title's argument. */
export function quoted(text: string): string {
  return `"${literal(text)}"`;
}

function escapeText(text: string): string {
  return text
    .replace(/[\\'"`^~]/g, (character) => GLYPHS[character] ?? character)
    .replace(
      /[^\x20-\x7e]/gu,
      (character) => `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    );
}

/** At the beginning of a line a full stop would call a macro. An apostrophe, which would as well, is escaped anywhere. */
function guard(line: string): string {
  return line.startsWith('.') ? `\\&${line}` : line;
}
