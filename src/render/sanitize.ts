// White space of every kind becomes a space: a line break from a server must not start a line of ours.
const SPACES = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

// C0, DEL and C1: whatever can begin an escape sequence, move the cursor or ring a bell.
const CONTROLS = /\p{Cc}/gu;

// Marks, embeddings, overrides and isolates: they can make a line read other than it is written.
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

// What JSON.stringify leaves raw, although a terminal acts on it or a log viewer breaks lines at it.
const RAW_IN_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

// What begins a command to the runner of GitHub Actions, Azure Pipelines or TeamCity anywhere in a line of a log: `##[…]`, `##vso[…]`,
// `##teamcity[…]`.
const RUNNER_COMMAND = /##(?=(?:vso|teamcity)?\[)/gi;

/**
 * Text from a server, a file or a command line, made harmless for a terminal or a log: on one line, nothing in it acts.
 * A control character is shown as U+FFFD, a bidirectional one is left out; all else stays as it is.
 */
export function sanitize(text: string): string {
  return deadenCommands(withoutControls(text));
}

/** The same but for the runners: for a text that is no line of a log, or is spelled so that it holds no command. */
export function withoutControls(text: string): string {
  return text.toWellFormed().replace(SPACES, ' ').replace(CONTROLS, '\uFFFD').replace(BIDI_CONTROLS, '');
}

/**
 * The same for a text in a file, such as a cell of a spreadsheet, which keeps its line breaks and tabs. A file is no log, so a command to
 * the runner of a CI job stays as it is.
 */
export function sanitizeLines(text: string): string {
  return text.replace(/\r(?!\n)/g, '\n').replace(/[^\t\r\n]+/g, withoutControls);
}

/** Lines in which no runner of a CI job finds a command. */
export function deadenCommands(text: string): string {
  return deadenLines(text.replace(RUNNER_COMMAND, '# #'));
}

/** Lines that a runner of GitHub Actions takes for no command: it does, of one that begins with two colons, whatever blanks before. */
export function deadenLines(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, '$1: ');
}

/** The same JSON with the characters that act on a terminal as `\u` escapes; every parser reads the same from it. */
export function escapeInJson(json: string): string {
  return json.replace(RAW_IN_JSON, asEscape).replace(RUNNER_COMMAND, asEscape('#').repeat(2));
}

function asEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
