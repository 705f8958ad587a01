import { describe, expect, it } from 'vitest';
import { withLink } from '../../src/render/link.ts';

const url = 'https://app.extruct.ai/tasks/a';
const linked = `\u001b]8;;${url}\u001b\\${url}\u001b]8;;\u001b\\`;

describe('the task’s page', () => {
  it.each([
    [{ TERM_PROGRAM: 'WezTerm' }, linked],
    [{ VTE_VERSION: '7600' }, linked],
    [{ KITTY_WINDOW_ID: '1' }, linked],
    [{ VTE_VERSION: '4900' }, url],
    [{ TERM_PROGRAM: 'WezTerm', TMUX: '/tmp/x' }, url],
    [{ TERM: 'xterm-256color' }, url],
  ])('with %j is %j', (env, expected) => {
    expect(withLink(`Page  ${url}\n`, url, env)).toBe(`Page  ${expected}\n`);
  });
});
