import { createHash } from 'node:crypto';
import type { Listing } from '../../../core/found.ts';
import { escapeHtml } from './escape.ts';
import { companyTable } from './rows.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';
import { taskSection } from './task.ts';

/**
 * Companies as one page to pass on: what was asked, how it went, who was found and why. It loads nothing, and the only script and style
 * that a browser takes are its own, by their hashes; without the script all of it is there to be read. `readAt` is when the companies
 * were read, in milliseconds since 1970.
 */
export function companiesPage(listing: Listing, readAt: number): string {
  const { tasks, companies } = listing;
  const [only] = tasks;
  const title = tasks.length === 1 && only?.query ? only.query : `Companies of ${tasks.length} tasks`;
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const sections = tasks.map((task) => taskSection(task, readAt, tasks.length > 1 ? 'h2' : 'h1'));
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>${tasks.length > 1 ? `<h1>${escapeHtml(title)}</h1>` : ''}
${sections.join('\n')}
</header>
<main>
${controls(listing)}
${companies.length > 0 ? companyTable(listing) : '<p>No companies found.</p>'}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** What narrows the table; only the script can, so it is what shows them. */
function controls({ companies }: Listing): string {
  const countries = [...new Set(companies.map(({ country }) => country).filter(Boolean))].sort((a, b) =>
    a.localeCompare(b, 'en'),
  );
  const options = countries.map((country) => `<option>${escapeHtml(country)}</option>`);
  const highFit = companies.filter((company) => company.highFit).length;
  return `<form hidden>
<input type="search" name="text" placeholder="Search" aria-label="Search the companies">
<select name="country" aria-label="Country"><option value="">All countries</option>${options.join('')}</select>
<label><input type="checkbox" name="fit"> high-fit only (${highFit})</label>
<output aria-live="polite">${companies.length} companies</output>
</form>`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
