import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { yardsticksOf } from '../../src/core/company.ts';
import { companiesPage } from '../../src/render/companies/html/page.ts';
import { anyText } from '../support/any-text.ts';
import { results, startApi } from '../support/api.ts';
import { newFolder } from '../support/folder.ts';
import { run } from '../support/run.ts';
import { companies, ENDED, snapshot, wireResult, wireResults } from '../support/tasks.ts';

/** A page in which every text that comes from elsewhere is this one. */
function pageOf(text: string): string {
  const scores = { [text]: { grade: 5, explanation: text, sources: [text] } };
  const fields = { company_name: text, company_website: text, company_description: text, company_full_description: text };
  const found = companies(
    wireResult(0, { id: text, task_id: text, employee_count: text, hq_country: text, hq_city: text, ...fields, scores }),
  );
  const criteria = [{ key: text, name: text, criterion: text }];
  const task = snapshot({ id: text || 'x', query: text, data_sources: [text], criteria, status: text || 'x' });
  return companiesPage({ tasks: [task, task], companies: found, yardsticks: yardsticksOf(task.criteria, found) }, 0);
}

/** The page's tags, without what its attributes say; a link counts as the text that it is where there is no address. */
function tagsOf(page: string): string[] {
  const tags = page.replace(/(<(script|style)>)[\s\S]*?(<\/\2>)/g, '$1$3').match(/<[^>]*>/g) ?? [];
  return tags.map((tag) => (/^<\/?a\b/.test(tag) ? tag.replace(/a\b.*>/, 'span>') : tag.replace(/"[^"]*"/g, '""')));
}

describe('results -o companies.html', () => {
  it('is one page that tells what was asked, how it went, who was found, and why', async () => {
    const [api, path] = [await startApi(), join(newFolder(), 'companies.html')];
    api.replies(results(wireResults(3), { ...ENDED.exhausted, num_results_evaluated: 100 }));
    expect((await run(['results', 'task-1', '-q', '-o', path], { api })).code).toBe(0);
    const page = readFileSync(path, 'utf8');
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
    expect(page).toContain('<h1 dir="auto">solar companies in Spain</h1>');
    expect(page).toContain('exhausted: the sources ran dry at 31 of 50 high-fit results');
    expect(page).toContain('aria-label="400 discovered, 200 enriched, 100 evaluated, 31 high-fit"');
    expect(page).toContain('<b>Solar</b> Makes or sells solar panels');
    expect(page).toContain(
      '<a href="https://www.company-2.example/" target="_blank" rel="noopener noreferrer nofollow">Company 2</a>',
    );
    expect(page).toContain('<b>Solar</b> It makes panels<ul><li><a href="https://company-2.example/about"');
    expect(page.match(/<tbody/g)).toHaveLength(3);
  });

  it('tells tasks of the same query apart by their IDs', () => {
    const tasks = ['first', 'second'].map((id) => snapshot({ id, query: 'solar companies in Spain' }));
    const found = companies(wireResult(0, { task_id: 'first' }), wireResult(1, { task_id: 'second' }));
    const page = companiesPage({ tasks, companies: found, yardsticks: [] }, 0);
    const names = [...page.matchAll(/data-label="Task"[^>]*>([^<]*)</g)].map(([, name]) => name);
    expect(names).toEqual(['solar companies in S… (firs)', 'solar companies in S… (seco)']);
    expect(page).toContain('<dt>Fetched</dt>');
  });

  it('lets a browser run and load nothing but its own script and style, which it knows by their hashes', () => {
    const page = pageOf('x');
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const hash = (tag: string) => {
      const [, text = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page) ?? [];
      return `${tag}-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      hash('style'),
      hash('script'),
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
    expect(page).not.toMatch(/\s(?:src|style|on\w+)=/);
  });

  it.each([
    `"><script>alert(1)</script>`,
    `'><img src=x onerror=alert(1)>`,
    '</title></style></script><!--',
    '`$x` &lt;b&gt; &#60;',
    ']]><svg/onload=1>',
  ])('shows %j as text, wherever it stands', (text) => {
    expect(tagsOf(pageOf(text))).toEqual(tagsOf(pageOf('x')));
  });

  it('has the same tags whatever strangers wrote', () => {
    const tags = tagsOf(pageOf('x'));
    const text = anyText({ minLength: 1, maxLength: 20 });
    const holds = (given: string) => {
      expect(tagsOf(pageOf(given))).toEqual(tags);
    };
    fc.assert(fc.property(text, holds), { numRuns: 200 });
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', ' java\tscript:alert(1)', 'vbscript:x', 'file:///etc/passwd'])(
    'leads nobody to %j',
    (address) => expect(pageOf(address)).not.toMatch(/href="(?!https?:)/),
  );
});
