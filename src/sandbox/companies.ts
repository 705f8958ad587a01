import type { WireResult } from '../core/wire-result.ts';
import type { WireTask } from '../core/wire-task.ts';
import { CUSTOMERS, ELSEWHERE, FIRST_HALVES, IN_EUROPE, SECOND_HALVES, SIZES, TRADES } from './company-words.ts';
import { itemAt, orNull, pick } from './draw.ts';
import { seededRandom } from './random.ts';
import { drawScores, type Scores } from './scores.ts';

/** A company whose relevance is known. */
type Company = WireResult & { relevance: number };

/** The candidate that a task evaluated as the `nth` (0 is the first): the same company each time. There is none like it. */
export function companyOf(task: WireTask, nth: number, isHighFit: boolean): Company {
  const random = seededRandom(`${task.id}/company/${nth}`);
  const { name, product } = whatOf(task.id, nth);
  const site = `${name.toLowerCase().replaceAll(' ', '-')}.example`;
  const scores = drawScores(random, task.criteria ?? [], isHighFit, pagesOn(site));
  const [country, city] = placeFor(random, scores);
  return {
    id: `${task.id}-company-${nth + 1}`,
    company_name: name,
    company_website: orNull(random, 0.05, `https://${site}`),
    company_description: `${pick(random, ['Makes', 'Sells', 'Develops'])} ${product} for ${pick(random, CUSTOMERS)}.`,
    relevance: relevanceOf(random, scores, isHighFit),
    source: pick(random, task.data_sources ?? ['web_search']),
    founding_year: orNull(random, 0.08, 2024 - Math.floor(60 * random() ** 2)),
    employee_count: orNull(random, 0.08, pick(random, SIZES)),
    hq_country: country,
    hq_city: orNull(random, 0.06, city),
    scores,
  };
}

/** Shares no divisor with the number of names, so that none comes twice before all have come. */
const NAME_STEP = 7919;

function whatOf(taskId: string, nth: number): { name: string; product: string } {
  const halves = FIRST_HALVES.length * SECOND_HALVES.length;
  const start = Math.floor(seededRandom(`${taskId}/names`)() * halves * TRADES.length);
  const number = start + nth * NAME_STEP;
  const name = itemAt(FIRST_HALVES, number) + itemAt(SECOND_HALVES, Math.floor(number / FIRST_HALVES.length));
  const [trade, product] = itemAt(TRADES, Math.floor(number / halves));
  return { name: `${name} ${trade}`, product };
}

function pagesOn(site: string): string[] {
  return [
    `https://${site}/about`,
    `https://${site}/customers`,
    `https://directory.example/${site}`,
    `https://press.example/${site}`,
  ];
}

/** The scenarios have a criterion `europe`, which an address must not belie. */
function placeFor(random: () => number, scores: Scores) {
  const grade = scores.europe?.grade ?? 3;
  return pick(random, grade > 3 ? IN_EUROPE : grade < 3 ? ELSEWHERE : [...IN_EUROPE, ...ELSEWHERE]);
}

/** 0 to 100, by the grades: at least 81 for a company that is high-fit, at most 60 for one that is not. */
function relevanceOf(random: () => number, scores: Scores, isHighFit: boolean): number {
  const grades = Object.values(scores).map((score) => score?.grade ?? 0);
  const mean = grades.reduce((sum, grade) => sum + grade, 0) / Math.max(1, grades.length);
  return Math.round((isHighFit ? 60 + 7 * mean : 12 * mean) + 5 * random());
}
