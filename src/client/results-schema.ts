import * as z from 'zod/mini';
import type { Company } from '../core/company.ts';
import type { ResultsPage } from '../core/found.ts';
import { elementsOf, membersOf, withMembers } from '../core/json-text.ts';
import type { ParsedJson } from './mend-json.ts';
import { parseTask, shown, shownText, words } from './task-schema.ts';

/**
 * Any of it may be null, and all of it is only shown: what is not as expected is left out, and `--json` has it. Made with the first
 * answer, which most commands never get: that takes 1 ms.
 */
function makeCompanySchema() {
  const shownNumber = shown(z.number());
  const score = z.object({ grade: shownNumber, explanation: shownText, sources: shown(z.array(words)) });
  const company = z.object({
    id: shownText,
    company_name: shownText,
    company_website: shownText,
    company_description: shownText,
    relevance: shownNumber,
    source: shownText,
    founding_year: shownNumber,
    employee_count: shownText,
    hq_country: shownText,
    hq_city: shownText,
    scores: shown(z.record(words, shown(score))),
  });
  return z.catch(company, () => company.parse({}));
}

let companySchema: ReturnType<typeof makeCompanySchema> | undefined;

type Score = NonNullable<NonNullable<z.infer<ReturnType<typeof makeCompanySchema>>['scores']>[string]>;

/** Reads an answer of the results' endpoint; null where it is none. */
export function parseResults({ text, value }: ParsedJson): ResultsPage | null {
  if (typeof value !== 'object' || value === null || !('results' in value) || !Array.isArray(value.results)) return null;
  const texts = elementsOf(membersOf(text).get('results') ?? '[]');
  const task = parseTask({ value, text: withMembers(text, new Map([['results', null]])) });
  const items = value.results.map((item, index) => parseCompany(item, texts[index] ?? ''));
  return task && { task, items, count: items.length };
}

function parseCompany(value: unknown, json: string): Company {
  companySchema ??= makeCompanySchema();
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

function scoreOf({ grade, explanation, sources }: Score) {
  return { grade: grade ?? null, explanation: explanation ?? '', sources: sources ?? [] };
}
