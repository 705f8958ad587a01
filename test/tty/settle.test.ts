import { expect, it } from 'vitest';
import { startApi, task } from '../support/api.ts';
import { runInTerminal, shows } from '../support/terminal.ts';

it('the live view tells how many candidates are still to be scored, and the table how many never were', async () => {
  const api = await startApi();
  const dry = { is_exhausted: true, num_results_enriched: 123 };
  api.replies(task(), task({ ...dry, num_results_evaluated: 60 }));
  const screen = runInTerminal(['watch', 'task-1', '--interval', '300ms', '--settle', '4s'], { api });
  await shows(screen, 'sources exhausted, 63 still to be scored');
  api.replies(task({ ...dry, num_results_evaluated: 121 }));
  await shows(screen, 'sources exhausted, 2 still to be scored');
  expect(await screen.exited).toBe(5);
  await expect.poll(() => screen.everything().join(' ')).toMatch(/2\s+candidates were not scored/);
});
