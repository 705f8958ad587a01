import { describe, expect, it } from 'vitest';
import { notification } from '../../src/render/notify.ts';

describe('a notification', () => {
  it.each([
    ['OSC 9', { TERM_PROGRAM: 'WezTerm' }, '\u001b]9;done, 5 of 5\u001b\\'],
    ['OSC 9', { TERM_PROGRAM: 'iTerm.app', TERM: 'xterm-256color' }, '\u001b]9;done, 5 of 5\u001b\\'],
    ['OSC 777', { TERM: 'foot' }, '\u001b]777;notify;extruct-task;done, 5 of 5\u001b\\'],
    ['the bell', { TERM: 'xterm-256color' }, '\u0007'],
    ['the bell', { TERM_PROGRAM: 'WezTerm', TMUX: '/tmp/x' }, '\u0007'],
    ['the bell', {}, '\u0007'],
  ])('is %s with %j', (_how, env, bytes) => {
    expect(notification('done; 5 of 5', env)).toBe(bytes);
  });

  it('cannot be ended, or added to, by a server’s text', () => {
    expect(notification('a\u0007b\u001b\\c\u009cd', { TERM: 'foot' })).toBe('\u001b]777;notify;extruct-task;a�b�\\c�d\u001b\\');
  });
});
