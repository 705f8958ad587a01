/*
 * JSON as text. A task is passed on "exactly as the API gave it" (contract, "JSON"), and a round trip through
 * JSON.parse would not: 2^53 + 1, 1.0 and 1e999 come back as other numbers. So the parser decides whether a text is
 * JSON, and what is written afterwards is cut from the text itself. No recursion: depth is the server's to choose.
 */

// A string, a run of white space, a bracket or comma or colon, or a run of anything else (number, literal).
// The string's pattern is unrolled, so that a match takes linear time and no stack on strings of megabytes.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|\s+|[{}[\],:]|[^\s{}[\],:"]+/g;

function* tokens(json: string): Generator<string> {
  for (const [token] of json.matchAll(TOKEN)) if (token.trim() !== '') yield token;
}

/** The same JSON without white space between its tokens. `json` must be valid. */
export function compactJson(json: string): string {
  return [...tokens(json)].join('');
}

/** The same JSON, indented by two spaces, in the layout of `JSON.stringify(value, null, 2)`. `json` must be valid. */
export function indentJson(json: string): string {
  let text = '';
  let depth = 0;
  let previous = '';
  for (const token of tokens(json)) {
    const opened = previous === '{' || previous === '[';
    const closes = token === '}' || token === ']';
    if (closes) depth -= 1;
    if (closes ? !opened : opened || previous === ',') text += `\n${'  '.repeat(depth)}`;
    text += token === ':' ? ': ' : token;
    if (token === '{' || token === '[') depth += 1;
    previous = token;
  }
  return text;
}

/**
 * The members of a JSON object by name, their values as text. Of a name that stands twice the last counts, as with
 * JSON.parse. `json` must be a valid object.
 */
export function membersOf(json: string): Map<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let name: string | null = null;
  let value = '';
  for (const token of tokens(json)) {
    if (token === '}' || token === ']') depth -= 1;
    const endsMember = (depth === 1 && token === ',') || depth === 0;
    if (endsMember && name !== null) {
      members.set(name, value);
      name = null;
      value = '';
    } else if (depth === 1 && name === null && token.startsWith('"')) {
      name = JSON.parse(token) as string;
    } else if (name !== null && !(value === '' && token === ':')) {
      value += token;
    }
    if (token === '{' || token === '[') depth += 1;
  }
  return members;
}

/** The object's text with other members put in, or put in the place of its own. `extra` holds JSON texts by name. */
export function withMembers(json: string, extra: ReadonlyMap<string, string>): string {
  const members = membersOf(json);
  for (const [name, value] of extra) {
    members.delete(name);
    members.set(name, value);
  }
  return `{${[...members].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}
