import { describe, expect, it } from 'vitest';
import { progressMark } from '../../src/render/progress-mark.ts';
import { FAILURE, progress } from '../support/progress.ts';

const WINDOWS_TERMINAL = { WT_SESSION: 'b6a1' };
const outage = { failure: FAILURE, attempt: 1, retryAt: 1300 };

describe('the terminal’s mark of progress', () => {
  it.each([
    ['that something is under way', [progress(null)], '3'],
    ['the share of the target', [progress()], '1;50'],
    ['the share of all targets', [progress({ num_results: 50 }), progress({ id: 'b' }), progress(null)], '1;75'],
    ['a full share where there is more', [progress({ num_results: 70 })], '1;100'],
    ['an error', [progress({}, { outage })], '2;50'],
    ['an error before the first answer', [progress(null, { outage })], '2;0'],
  ])('says %s', (_, all, state) => {
    expect(progressMark(WINDOWS_TERMINAL).next(all, 0)).toBe(`\u001B]9;4;${state}\u001B\\`);
  });

  it('is written when it changes, and from time to time, for Ghostty would take it for forgotten', () => {
    const mark = progressMark(WINDOWS_TERMINAL);
    const times = [0, 1000, 9000, 10_000, 11_000].filter((now) => mark.next([progress()], now) !== '');
    expect(times).toEqual([0, 10_000]);
  });

  it('is taken away once', () => {
    const mark = progressMark(WINDOWS_TERMINAL);
    expect(mark.end()).toBe('');
    mark.next([progress()], 0);
    expect([mark.end(), mark.end()]).toEqual(['\u001B]9;4;0\u001B\\', '']);
  });

  it.each([
    [true, { ConEmuANSI: 'ON' }],
    [true, { TERM_PROGRAM: 'ghostty', TERM_PROGRAM_VERSION: '1.2.0' }],
    [true, { TERM_PROGRAM: 'ghostty', TERM_PROGRAM_VERSION: '2.0.0-dev' }],
    [false, { TERM_PROGRAM: 'ghostty', TERM_PROGRAM_VERSION: '1.1.3' }],
    [true, { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.6.10' }],
    [false, { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.6.5' }],
    [false, { TERM_PROGRAM: 'iTerm.app' }],
    [true, { TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20250209-182623-44866cc1' }],
    [false, { TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20240203-110809-5046fc22' }],
    [true, { VTE_VERSION: '8000' }],
    [false, { VTE_VERSION: '7006' }],
    [true, { KONSOLE_VERSION: '260400' }],
    [false, { KONSOLE_VERSION: '251203' }],
    [true, { TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.97.0' }],
    [false, { TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.96.4' }],
    [true, { TERM_PROGRAM: 'rio', TERM_PROGRAM_VERSION: '0.3.0' }],
    [false, { TERM_PROGRAM: 'rio', TERM_PROGRAM_VERSION: '0.2.37' }],
    [true, { TERM_PROGRAM: 'mintty', TERM_PROGRAM_VERSION: '3.6.0' }],
    [false, { TERM_PROGRAM: 'mintty', TERM_PROGRAM_VERSION: '3.4.1' }],
    [false, { TERM: 'xterm-kitty' }],
    // Started from a terminal that has it: older ones would show a notification each time.
    [false, { TERM: 'xterm-kitty', VTE_VERSION: '8001' }],
    [false, { TERM: 'foot', TERM_PROGRAM: 'ghostty', TERM_PROGRAM_VERSION: '1.2.0' }],
    [false, {}],
    [false, { ...WINDOWS_TERMINAL, TMUX: '/run/tmux,1,0' }],
    [false, { ...WINDOWS_TERMINAL, TMUX: '/run/tmux,1,0', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.6b' }],
    [true, { TMUX: '/run/tmux,1,0', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.7' }],
    [true, { TMUX: '/run/tmux,1,0', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.8', VTE_VERSION: '7006' }],
    [false, { TMUX: '/run/tmux,1,0', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.8', STY: '1.tty' }],
    [false, { TMUX: '/run/tmux,1,0', TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.97.0' }],
    [false, { ...WINDOWS_TERMINAL, STY: '1.tty' }],
  ])('is there (%s) with %j', (isThere, env) => {
    expect(progressMark(env).next([progress()], 0) !== '').toBe(isThere);
  });
});
