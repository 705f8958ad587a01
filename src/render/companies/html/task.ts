import { FUNNEL_STEPS, type Funnel, type TaskSnapshot } from '../../../core/task.ts';
import { share } from '../../format.ts';
import { taskFacts } from '../task-facts.ts';
import { escapeHtml } from './escape.ts';

/** What was asked of a task, and how it went: the query, the funnel as a picture, the facts, the criteria. */
export function taskSection(task: TaskSnapshot, readAt: number, level: 'h1' | 'h2'): string {
  const facts = new Map(taskFacts(task, readAt));
  const outcome = String(facts.get('Outcome') ?? '');
  // The counters stand in the picture, the query above it.
  const others = ['Target', 'Sources', 'Created', 'Fetched', 'Task'].flatMap((label) => {
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

/** The picture's measures, in pixels; the bars' width is only their share of the room, which a narrow page has less of. */
const [LABELS, BARS, ROW, BAR] = [210, 430, 34, 24];

/** The least width of a bar that is not empty, so that it can be seen. */
const LEAST_BAR = 3;

/**
 * The four counters as bars, one below the other about the same middle, with what links them. The labels are a picture of their own:
 * they keep their size where the bars shrink.
 */
function funnelPicture(funnel: Funnel): string {
  const counts = FUNNEL_STEPS.map(([step]) => Math.max(0, funnel[step]));
  const most = Math.max(1, ...counts);
  const widths = counts.map((count) => (count > 0 ? Math.max(LEAST_BAR, (BARS * count) / most) : 0));
  const labels = FUNNEL_STEPS.map(([, name], index) => {
    const [count = 0, before] = [counts[index], counts[index - 1]];
    const base = index * ROW + 17;
    const passed = before === undefined ? '' : share(count, before);
    return `<text x="0" y="${base}">${name}</text><text x="148" y="${base}" class="count">${count}</text><text x="190" y="${base}" class="share">${escapeHtml(passed)}</text>`;
  });
  const middle = BARS / 2;
  const bars = widths.map((width, index) => {
    const [next = 0, top] = [widths[index + 1], index * ROW];
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
    return `${link}<rect class="s${index}" x="${round(middle - width / 2)}" y="${top}" width="${round(width)}" height="${BAR}" rx="3"/>`;
  });
  const told = FUNNEL_STEPS.map(([, name], index) => `${counts[index]} ${name}`).join(', ');
  const height = counts.length * ROW - (ROW - BAR);
  return `<div class="funnel" role="img" aria-label="${told}"><svg width="${LABELS}" height="${height}">${labels.join('')}</svg><svg class="bars" height="${height}" viewBox="0 0 ${BARS} ${height}" preserveAspectRatio="none">${bars.join('')}</svg></div>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
