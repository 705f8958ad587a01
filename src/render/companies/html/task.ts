import { FUNNEL_STEPS, type Funnel, type TaskSnapshot } from '../../../core/task.ts';
import { share } from '../../format.ts';
import { taskFacts } from '../task-facts.ts';
import { escapeHtml } from './escape.ts';

/** What was asked of a task, and how it went: the query, the funnel as a picture, the facts, the criteria. */
export function taskSection(task: TaskSnapshot, readAt: number, level: 'h1' | 'h2'): string {
  const facts = new Map(taskFacts(task, readAt));
  const outcome = String(facts.get('Outcome') ?? '');
  // The counters stand in the picture, the query above it.
  const others = ['Target', 'Sources', 'Created', 'Read', 'Task'].flatMap((label) => {
    const value = facts.get(label);
    return value === undefined ? [] : [`<div><dt>${label}</dt><dd>${escapeHtml(String(value))}</dd></div>`];
  });
  const criteria = task.criteria.map(
    ({ key, name, criterion }) => `<li><b>${escapeHtml(name || key)}</b> ${escapeHtml(criterion)}</li>`,
  );
  return `<section class="task">
<${level} dir="auto">${escapeHtml(task.query || task.id)}</${level}>
<p class="outcome">${escapeHtml(outcome)}</p>
${funnelPicture(task.funnel)}
<dl>${others.join('')}</dl>
${criteria.length > 0 ? `<details><summary>${criteria.length} criteria</summary><ul>${criteria.join('')}</ul></details>` : ''}
</section>`;
}

/** The picture's measures, in its own units. */
const [WIDTH, LABELS, ROW, BAR] = [640, 210, 34, 24];

/** The least width of a bar that is not empty, so that it can be seen. */
const LEAST_BAR = 3;

/** The four counters as bars, one below the other about the same middle, with what links them. */
function funnelPicture(funnel: Funnel): string {
  const counts = FUNNEL_STEPS.map(([step]) => Math.max(0, funnel[step]));
  const most = Math.max(1, ...counts);
  const room = WIDTH - LABELS;
  const middle = LABELS + room / 2;
  const widths = counts.map((count) => (count > 0 ? Math.max(LEAST_BAR, (room * count) / most) : 0));
  const parts = FUNNEL_STEPS.map(([, name], index) => {
    const [count = 0, width = 0, next = 0, before] = [counts[index], widths[index], widths[index + 1], counts[index - 1]];
    const top = index * ROW;
    const passed = before === undefined ? '' : share(count, before);
    const link =
      index < counts.length - 1
        ? `<polygon class="link" points="${[
            [middle - width / 2, top + BAR],
            [middle + width / 2, top + BAR],
            [middle + next / 2, top + ROW],
            [middle - next / 2, top + ROW],
          ]
            .map((point) => point.map(round).join(','))
            .join(' ')}"/>`
        : '';
    return `<text x="0" y="${top + 17}">${name}</text><text x="130" y="${top + 17}" class="count">${count}</text><text x="190" y="${top + 17}" class="share">${escapeHtml(passed)}</text>${link}<rect class="s${index}" x="${round(middle - width / 2)}" y="${top}" width="${round(width)}" height="${BAR}" rx="3"/>`;
  });
  const told = FUNNEL_STEPS.map(([, name], index) => `${counts[index]} ${name}`).join(', ');
  return `<svg class="funnel" viewBox="0 0 ${WIDTH} ${counts.length * ROW - (ROW - BAR)}" role="img" aria-label="${told}">${parts.join('')}</svg>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
