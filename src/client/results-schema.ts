import { type Company, isHighFit } from '../core/company.ts';
import type { ResultsPage } from '../core/found.ts';
import { elementsOf, membersOf, withMembers } from '../core/json-text.ts';
import type { TaskSnapshot } from '../core/task.ts';
import type { ParsedJson } from './mend-json.ts';
import { type Fields, isFields, numberIn, textIn, textsIn } from './shown.ts';
import { parseTask } from './task-schema.ts';

/** Reads an answer of the results' endpoint; null where it is none. */
export function parseResults({ text, value }: ParsedJson): ResultsPage | null {
  if (!isFields(value) || !Array.isArray(value.results)) return null;
  const texts = elementsOf(membersOf(text).get('results') ?? '[]');
  const task = parseTask({ value, text: withMembers(text, new Map([['results', null]])) });
  if (task === null) return null;
  const items = value.results.map((item, index) => parseCompany(item, texts[index] ?? '', task));
  return { task, items, count: items.length };
}

/** Any of it may be null, and all of it is only shown; `--json` has what is left out here. */
function parseCompany(value: unknown, json: string, task: TaskSnapshot): Company {
  const fields = isFields(value) ? value : {};
  const words = (name: string) => textIn(fields, name) ?? '';
  const scores = isFields(fields.scores) ? Object.entries(fields.scores) : [];
  const byKey = new Map(scores.flatMap(([key, score]) => (isFields(score) ? [[key, scoreOf(score)] as const] : [])));
  return {
    id: words('id'),
    taskId: words('task_id') || task.id,
    name: words('company_name'),
    site: words('company_website'),
    description: words('company_description'),
    fullDescription: words('company_full_description'),
    relevance: numberIn(fields, 'relevance'),
    source: words('source'),
    createdAt: words('created_at'),
    profileId: words('company_profile_id'),
    founded: numberIn(fields, 'founding_year'),
    size: words('employee_count'),
    country: words('hq_country'),
    state: words('hq_state_province'),
    city: words('hq_city'),
    scores: byKey,
    highFit: isHighFit({ scores: byKey }, task.criteria),
    json,
  };
}

function scoreOf(score: Fields) {
  return {
    grade: numberIn(score, 'grade'),
    explanation: textIn(score, 'explanation') ?? '',
    sources: textsIn(score, 'sources'),
  };
}
