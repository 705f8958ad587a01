import type { Company, Yardstick } from '../../../core/company.ts';
import type { Listing } from '../../../core/found.ts';
import { webAddress } from '../../markdown.ts';
import { taskNames } from '../../task-names.ts';
import { companyName, gradeWords } from '../words.ts';
import { escapeHtml } from './escape.ts';

/** The longest address that is shown whole, in characters. */
const LONGEST_SHOWN = 90;

/** The width of a task's name in the table, in columns. */
const WIDEST_TASK = 28;

/**
 * The companies as a table: a body for each, with its grades as a row of a grid, and below it the reasons, each with its sources. The
 * cells tell in `data-v` what they are sorted by.
 */
export function companyTable({ tasks, companies, yardsticks }: Listing): string {
  const known = tasks.map((task) => ({ id: task.id, task }));
  const names = taskNames(known, WIDEST_TASK);
  const taskCells = new Map(tasks.map(({ id, query }, index) => [id, taskCell(names[index] ?? id, query || id)]));
  const heads = [
    ...(tasks.length > 1 ? [head('Task')] : []),
    head('Company'),
    head('Relevance', ' class="n"'),
    head('Country'),
    head('Size'),
    head('High-fit'),
    ...yardsticks.map(({ name }) => head(name, ' class="c"')),
  ];
  const bodies = companies.map((company) => {
    const task = tasks.length > 1 ? [taskCells.get(company.taskId) ?? taskCell(company.taskId, company.taskId)] : [];
    return companyBody(company, yardsticks, task, heads.length);
  });
  return `<table><thead><tr>${heads.join('')}</tr></thead>
${bodies.join('\n')}
</table>`;
}

function head(name: string, attributes = ''): string {
  return `<th scope="col"${attributes}><button type="button" dir="auto" title="${escapeHtml(name)}">${escapeHtml(name)}</button></th>`;
}

function companyBody(company: Company, yardsticks: readonly Yardstick[], task: readonly string[], columns: number): string {
  const { relevance, country, size, highFit, site, city } = company;
  const place = [city, country].filter(Boolean).join(', ');
  const cells = [
    ...task,
    `<th scope="row" data-v="${escapeHtml(companyName(company))}" dir="auto">${link(site, companyName(company))}${about(company.description)}</th>`,
    `<td class="n" data-label="Relevance" data-v="${relevance ?? ''}">${relevance === null ? '-' : Math.round(relevance * 10) / 10}</td>`,
    `<td data-label="Country" data-v="${escapeHtml(country)}" title="${escapeHtml(place)}">${escapeHtml(country || '-')}</td>`,
    // A range such as 11-50 is sorted by where it begins.
    `<td data-label="Size" data-v="${Number.parseInt(size.replaceAll(',', ''), 10) || ''}">${escapeHtml(size || '-')}</td>`,
    `<td data-label="High-fit" data-v="${highFit ? 1 : 0}">${highFit ? 'yes' : '-'}</td>`,
    ...yardsticks.map((yardstick, index) => gradeCell(company, yardstick, index)),
  ];
  return `<tbody data-country="${escapeHtml(country)}" data-fit="${highFit ? 1 : 0}"><tr>${cells.join('')}</tr><tr class="why"><td colspan="${columns}">${reasons(company, yardsticks)}</td></tr></tbody>`;
}

/** Which task a company is of: the name that tells it from the others, and behind it the whole query. */
function taskCell(name: string, query: string): string {
  return `<td data-label="Task" data-v="${escapeHtml(name)}" title="${escapeHtml(query)}" dir="auto">${escapeHtml(name)}</td>`;
}

function about(text: string): string {
  return text === '' ? '' : `<p>${escapeHtml(text)}</p>`;
}

function gradeCell({ scores }: Company, { key, name }: Yardstick, index: number): string {
  const grade = scores.get(key)?.grade ?? null;
  return `<td class="c" data-label="${escapeHtml(name)}" data-v="${grade ?? ''}"><button type="button" class="${classOf(grade)}" data-at="${index}" title="${escapeHtml(name)}">${gradeWords(grade)}</button></td>`;
}

/** Only the API's grades have colours. */
function classOf(grade: number | null): string {
  return grade !== null && [1, 2, 3, 4, 5].includes(grade) ? `g${grade}` : 'g0';
}

function reasons(company: Company, yardsticks: readonly Yardstick[]): string {
  const items = yardsticks.flatMap(({ key, name }, index) => {
    const score = company.scores.get(key);
    if (!score) return [];
    const sources = score.sources.map((source) => `<li>${link(source, shortened(source))}</li>`);
    const list = sources.length > 0 ? `<ul>${sources.join('')}</ul>` : '';
    return `<li data-at="${index}"><b class="${classOf(score.grade)}">${gradeWords(score.grade)}</b><div dir="auto"><b>${escapeHtml(name)}</b> ${escapeHtml(score.explanation)}${list}</div></li>`;
  });
  return `${about(company.fullDescription)}<ul class="reasons">${items.join('')}</ul>`;
}

function shortened(address: string): string {
  const bare = address.replace(/^https?:\/\/(?:www\.)?/i, '');
  return bare.length > LONGEST_SHOWN ? `${bare.slice(0, LONGEST_SHOWN - 1)}…` : bare;
}

/** A link that tells its target nothing of this page; text alone where the address is none that a browser should follow. */
function link(address: string, text: string): string {
  const url = webAddress(address);
  if (url === null) return `<span>${escapeHtml(text)}</span>`;
  return `<a href="${escapeHtml(url)}" target="_blank" rel="noopener noreferrer nofollow">${escapeHtml(text)}</a>`;
}
