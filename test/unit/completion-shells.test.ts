import { describe, expect, it } from 'vitest';
import { COMPLETIONS } from '../../src/cli/completion-shells.ts';

const { bash, zsh, fish } = COMPLETIONS;
const candidates = (...values: readonly string[]) => values.map((value) => ({ value, description: 'what it is' }));

describe('the words of bash', () => {
  it.each([
    [
      ['watch', '--json', ''],
      ['watch', '--json', ''],
    ],
    [
      ['watch', '--progress', '=', 'l'],
      ['watch', '--progress=l'],
    ],
    [
      ['watch', '--progress', '='],
      ['watch', '--progress='],
    ],
    [
      ['get', 'https', ':', '//app.extruct.ai/tasks/1'],
      ['get', 'https://app.extruct.ai/tasks/1'],
    ],
    [
      ['get', '@', 'la'],
      ['get', '@la'],
    ],
    [
      ['get', '"don'],
      ['get', 'don'],
    ],
  ])('%j are %j', (pieces, words) => {
    expect(bash.read(pieces)).toEqual(words);
  });

  it.each([
    [['watch', '--progress', '=', 'l'], '--progress=live', 'live'],
    [['watch', '--progress', '='], '--progress=live', 'live'],
    [['watch', '--progress', 'l'], 'live', 'live'],
    [['watch', '--progress=l'], '--progress=live', '--progress=live'],
    [['get', '@', 'la'], '@last', '@last'],
    [['get', '@'], '@last', '@last'],
    [['get', ''], '@last', '@last'],
    [['get', '"do'], 'done-1', 'done-1'],
  ])('%j get for %s what bash puts in place of its last word: %s', (pieces, value, reply) => {
    expect(bash.write(candidates('other', value), pieces)).toContain(reply);
  });

  it('get only what begins as they end', () => {
    expect(bash.write(candidates('done', 'demo', 'flaky', 'DONE'), ['demo', 'd'])).toEqual(['done', 'demo']);
  });
});

describe('what the others get', () => {
  it('is for zsh the value and what it is by a colon, for _describe', () => {
    expect(zsh.write(candidates('--json', 'a:b\\c'), ['x'])).toEqual(['--json:what it is', 'a\\:b\\\\c:what it is']);
    expect(zsh.write([{ value: 'live', description: '' }], [''])).toEqual(['live']);
  });

  it('is for fish the value and what it is by a tab', () => {
    expect(fish.write(candidates('--json'), ['x'])).toEqual(['--json\twhat it is']);
    expect(fish.write([{ value: 'live', description: '' }], [''])).toEqual(['live']);
  });
});

describe.each(Object.entries(COMPLETIONS))('the script for %s', (shell, { script }) => {
  it('asks the program, lets it say nothing, and leaves standard input alone', () => {
    expect(script).toContain(`extruct-task __complete ${shell} -- `);
    expect(script.match(/extruct-task __complete .*<\/dev\/null 2>\/dev\/null/g)).toHaveLength(1);
  });

  it('has nothing evaluated that comes from a server', () => {
    expect(script).not.toMatch(/\beval\b|compgen|-W\b/);
  });
});
