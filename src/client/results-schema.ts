import * as z from 'zod/mini';
import type { Company } from '../core/company.ts';
import type { ResultsPage } from '../core/found.ts';
import { elementsOf, membersOf, withMembers } from '../core/json-text.ts';
import type { ParsedJson } from './mend-json.ts';
import { parseTask, shown, words } from './task-schema.ts';

const scoreSchema = z.object({
  grade: shown(z.number()),
  explanation: shown(words),
  sources: shown(z.array(words)),
});

/** Any of it may be null, and all of it is only shown: what is not as expected is left out, and `--json` has it. */
const companySchema = z.catch(
  z.object({
    id: shown(words),
    company_name: shown(words),
    company_website: shown(words),
    company_description: shown(words),
    relevance: shown(z.number()),
    source: shown(words),
    founding_year: shown(z.number()),
    employee_count: shown(words),
    hq_country: shown(words),
    hq_city: shown(words),
    scores: shown(z.record(words, shown(scoreSchema))),
  }),
  {},
);

/** Reads an answer of the results' endpoint; null where it is none. */
export function parseResults({ text, value }: ParsedJson): ResultsPage | null {
  if (typeof value !== 'object' || value === null || !('results' in value) || !Array.isArray(value.results)) return null;
  const texts = elementsOf(membersOf(text).get('results') ?? '[]');
  const task = parseTask({ value, text: withMembers(text, new Map([['results', null]])) });
  const items = value.results.map((item, index) => parseCompany(item, texts[index] ?? ''));
  return task && { task, items, count: items.length };
}

function parseCompany(value: unknown, json: string): Company {
  const company = companySchema.parse(value);
  return {
    id: company.id ?? '',
    name: company.company_name ?? '',
    site: company.company_website ?? '',
    description: company.company_description ?? '',
    relevance: company.relevance ?? null,
    source: company.source ?? '',
    founded: company.founding_year ?? null,
    size: company.employee_count ?? '',
    country: company.hq_country ?? '',
    city: company.hq_city ?? '',
    scores: new Map(Object.entries(company.scores ?? {}).flatMap(([key, score]) => (score ? [[key, scoreOf(score)]] : []))),
    json,
  };
}

function scoreOf({ grade, explanation, sources }: z.infer<typeof scoreSchema>) {
  return { grade: grade ?? null, explanation: explanation ?? '', sources: sources ?? [] };
}
