import type { WireResult } from '../core/wire-result.ts';
import type { WireTask } from '../core/wire-task.ts';
import { AWKWARD_NAMES, CUSTOMERS, ELSEWHERE, FIRST_HALVES, IN_EUROPE, SECOND_HALVES, SIZES, TRADES } from './company-words.ts';
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
  const website = orNull(random, 0.05, `https://${site}`);
  const description = `${pick(random, ['Makes', 'Sells', 'Develops'])} ${product} for ${pick(random, CUSTOMERS)}.`;
  const isOld = random() < 0.08;
  return {
    id: `${task.id}-company-${nth + 1}`,
    // What an older answer lacks is not there at all.
    ...(isOld ? {} : { task_id: task.id, created_at: task.created_at, company_profile_id: `profile-${site}` }),
    company_name: random() < 0.15 ? `${name} ${pick(random, AWKWARD_NAMES)}` : name,
    company_website: website,
    // A spreadsheet would take it for a formula.
    company_description: random() < 0.04 ? `=SUM(${product})` : description,
    ...(isOld ? {} : { company_full_description: orNull(random, 0.2, `${description}\n\n${name} is based in ${city}.`) }),
    relevance: relevanceOf(random, scores),
    source: pick(random, task.data_sources ?? ['web_search']),
    founding_year: orNull(random, 0.08, 2024 - Math.floor(60 * random() ** 2)),
    employee_count: orNull(random, 0.08, pick(random, SIZES)),
    hq_country: country,
    ...(isOld ? {} : { hq_state_province: orNull(random, 0.7, `Region of ${city}`) }),
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

/** 0 to 100: by the grades, but not by them alone. Some companies that are not high-fit stand before some that are. */
function relevanceOf(random: () => number, scores: Scores): number {
  const grades = Object.values(scores).map((score) => score?.grade ?? 0);
  const mean = grades.reduce((sum, grade) => sum + grade, 0) / Math.max(1, grades.length);
  return Math.max(0, Math.min(100, Math.round(25 + 13 * mean + 24 * (random() - 0.5))));
}
