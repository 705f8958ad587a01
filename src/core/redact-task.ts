import { changeTexts, membersOf } from './json-text.ts';

/** What stands for a text that a person wrote. */
const REDACTED = '…';

/** Fields whose texts the service makes. Every other text may be a person's, also in fields that are not known here. */
const OF_SERVICE: ReadonlySet<string> = new Set(['id', 'created_at', 'status', 'data_sources', 'table_id']);

/** Fields that say why a task failed: the service's words too, but they may repeat a person's. */
const ABOUT_ERROR = /error|detail|reason|message|failure/i;

/** The shortest text, in code units, that is struck out where the service repeats it. */
const SHORTEST_ECHO = 3;

/** A task's JSON with `…` for every text that a person wrote (contract, "JSON"). `json` must be a valid object. */
export function redactTask(json: string): string {
  const written: string[] = [];
  const redacted = new Map<string, string>();
  for (const [name, text] of membersOf(json)) {
    if (OF_SERVICE.has(name) || ABOUT_ERROR.test(name)) continue;
    redacted.set(
      name,
      changeTexts(text, (words) => {
        written.push(words);
        return REDACTED;
      }),
    );
  }
  const echoes = written.filter(({ length }) => length >= SHORTEST_ECHO).toSorted((a, b) => b.length - a.length);
  const withoutEchoes = (words: string) => echoes.reduce((rest, echo) => rest.replaceAll(echo, REDACTED), words);
  const members = [...membersOf(json)].map(([name, text]) => {
    const told = ABOUT_ERROR.test(name) ? changeTexts(text, withoutEchoes) : text;
    return `${JSON.stringify(name)}:${redacted.get(name) ?? told}`;
  });
  return `{${members.join(',')}}`;
}
