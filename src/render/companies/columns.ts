import type { Company, Yardstick } from '../../core/company.ts';
import { sanitizeLines } from '../sanitize.ts';

/** What stands in a cell; null where the API does not tell it. Text may come from a server. */
export type Cell = string | number | boolean | null;

/** A field of companies, for the formats that have a column for each. */
interface Field {
  /** Like that of no other column, whatever the case. Harmless. */
  readonly head: string;
  readonly kind: 'text' | 'link' | 'number' | 'flag' | 'grade';
  readonly read: (company: Company) => Cell;
}

/** The fields of a result by the API's names, in the order of the results' own page, and whether it is high-fit. */
const FIELDS: readonly Field[] = [
  { head: 'id', kind: 'text', read: ({ id }) => id },
  { head: 'company_name', kind: 'text', read: ({ name }) => name },
  { head: 'company_website', kind: 'link', read: ({ site }) => site },
  { head: 'company_description', kind: 'text', read: ({ description }) => description },
  { head: 'relevance', kind: 'number', read: ({ relevance }) => relevance },
  { head: 'source', kind: 'text', read: ({ source }) => source },
  { head: 'task_id', kind: 'text', read: ({ taskId }) => taskId },
  { head: 'created_at', kind: 'text', read: ({ createdAt }) => createdAt },
  { head: 'company_profile_id', kind: 'text', read: ({ profileId }) => profileId },
  { head: 'company_full_description', kind: 'text', read: ({ fullDescription }) => fullDescription },
  { head: 'founding_year', kind: 'number', read: ({ founded }) => founded },
  { head: 'employee_count', kind: 'text', read: ({ size }) => size },
  { head: 'hq_country', kind: 'text', read: ({ country }) => country },
  { head: 'hq_state_province', kind: 'text', read: ({ state }) => state },
  { head: 'hq_city', kind: 'text', read: ({ city }) => city },
  { head: 'high_fit', kind: 'flag', read: ({ highFit }) => highFit },
];

/** A column for each field, then one of grades for each criterion; with `explain` two more, for the explanation and the sources. */
export function fieldsOf(yardsticks: readonly Yardstick[], explain: boolean): Field[] {
  const fields = [...FIELDS];
  const endings = explain ? ['', '_explanation', '_sources'] : [''];
  const taken = new Set(FIELDS.map(({ head }) => head));
  for (const { key } of yardsticks) {
    const name = freeName(sanitizeLines(key), endings, taken);
    const [grade, explanation, sources] = endings.map((ending) => name + ending);
    for (const ending of endings) taken.add((name + ending).toLowerCase());
    fields.push({ head: grade ?? '', kind: 'grade', read: ({ scores }) => scores.get(key)?.grade ?? null });
    if (explanation === undefined || sources === undefined) continue;
    fields.push({ head: explanation, kind: 'text', read: ({ scores }) => scores.get(key)?.explanation ?? '' });
    fields.push({ head: sources, kind: 'text', read: ({ scores }) => scores.get(key)?.sources.join(' ') ?? '' });
  }
  return fields;
}

/** A name that makes no head twice: a criterion may be called as a field is, or as another criterion in other letters. */
function freeName(key: string, endings: readonly string[], taken: ReadonlySet<string>): string {
  const isFree = (name: string) => endings.every((ending) => !taken.has((name + ending).toLowerCase()));
  for (let number = 0; ; number += 1) {
    const name = number === 0 ? key : `${key}_grade${number === 1 ? '' : `_${number}`}`;
    if (isFree(name)) return name;
  }
}
