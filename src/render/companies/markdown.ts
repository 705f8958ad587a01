import type { Company, Yardstick } from '../../core/company.ts';
import type { Listing } from '../../core/found.ts';
import { escapeMarkdown, markdownLink, markdownTable } from '../markdown.ts';
import { companyName, gradeWords } from './words.ts';

/** Companies as a Markdown table, each linked to its site; with `explain` a chapter for each follows. */
export function companiesMarkdown({ tasks, companies, yardsticks }: Listing, explain: boolean): string {
  const isMixed = tasks.length > 1;
  const head = [
    ...(isMixed ? ['Task'] : []),
    'Company',
    'Relevance',
    'Country',
    'Size',
    ...yardsticks.map(({ name }) => escapeMarkdown(name)),
  ];
  const rows = companies.map((company) => [
    ...(isMixed ? [escapeMarkdown(company.taskId)] : []),
    markdownLink(companyName(company), company.site),
    String(company.relevance ?? ''),
    escapeMarkdown(company.country),
    escapeMarkdown(company.size),
    ...yardsticks.map(({ key }) => gradeWords(company.scores.get(key)?.grade ?? null)),
  ]);
  const chapters = explain ? companies.map((company) => chapter(company, yardsticks)) : [];
  return [markdownTable(head, rows), ...chapters].join('\n');
}

function chapter(company: Company, yardsticks: readonly Yardstick[]): string {
  const rows = yardsticks.map(({ key, name }) => {
    const { grade = null, explanation = '', sources = [] } = company.scores.get(key) ?? {};
    const links = sources.map((source, index) => markdownLink(String(index + 1), source)).join(' ');
    return [escapeMarkdown(name), gradeWords(grade), escapeMarkdown(explanation), links];
  });
  const about = company.description === '' ? '' : `${escapeMarkdown(company.description)}\n\n`;
  const table = markdownTable(['Criterion', 'Grade', 'Explanation', 'Sources'], rows);
  return `## ${markdownLink(companyName(company), company.site)}\n\n${about}${table}`;
}
