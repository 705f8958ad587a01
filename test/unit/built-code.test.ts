import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

describe('what was built', () => {
  const dist = resolve(import.meta.dirname, '../../dist');

  it('loads nothing but Node and itself, and never by ESM', () => {
    const files = readdirSync(dist).filter((file) => file.endsWith('.cjs'));
    const code = files.map((file) => readFileSync(join(dist, file), 'utf8')).join('\n');
    const loaded = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name);
    const packages = loaded.filter((name) => !name.startsWith('./') && !isBuiltin(name));
    expect(new Set(packages)).toEqual(new Set());
    expect(code).not.toMatch(/\bimport\("/);
  });

  it('is ASCII, which Node reads by a quicker way', () => {
    const files = readdirSync(dist).filter((file) => file.endsWith('.cjs'));
    expect(files.filter((file) => /[\u0080-\uffff]/.test(readFileSync(join(dist, file), 'latin1')))).toEqual([]);
  });

  it('has the version in the one file that the executable loads', () => {
    const loaded = readFileSync(join(dist, 'main.cjs'), 'utf8').match(/^(?:const|let|var) .*\brequire\("\.\/.*$/gm);
    expect(loaded).toBeNull();
  });

  const codeOf = (ending: '.js' | '.cjs') =>
    readdirSync(join(dist, 'library'))
      .filter((file) => file.endsWith(ending))
      .map((file) => readFileSync(join(dist, 'library', file), 'utf8'))
      .join('\n');

  it('imports nothing but Node and itself where it is the library, and requires nothing', () => {
    const code = codeOf('.js');
    const loaded = [...code.matchAll(/^(?:import|export)\b.*?\bfrom "([^"]+)"|\bimport\("([^"]+)"\)/gm)].map(
      ([, from, late]) => from ?? late ?? '',
    );
    expect(new Set(loaded.filter((name) => !/^(?:\.\/|node:)/.test(name)))).toEqual(new Set());
    expect(loaded.length).toBeGreaterThan(10);
    expect(code).not.toMatch(/\b(?:__)?require\(|\bcreateRequire\b/);
  });

  it('requires nothing but Node and itself where it is the library for those who require it, and imports nothing', () => {
    const code = codeOf('.cjs');
    const loaded = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name);
    expect(loaded.filter((name) => !name.startsWith('./') && !isBuiltin(name))).toEqual([]);
    expect(loaded.length).toBeGreaterThan(10);
    expect(code).not.toMatch(/\bimport\("/);
  });

  it.each(['js', 'cjs'])('loads the client of the library (%s) with its first call', (ending) => {
    const code = readFileSync(join(dist, `library/index.${ending}`), 'utf8');
    const lines = code.split('\n').filter((line) => line.includes(`"./client.${ending}"`));
    expect(lines).toEqual([expect.stringMatching(/^\tconst \{ createClient \} = await /)]);
  });

  it('comes with the licence of each package', () => {
    const notices = readFileSync(resolve(dist, '../THIRD_PARTY_NOTICES'), 'utf8');
    for (const name of ['decompress-response', 'commander', 'zod', 'chalk', 'string-width', '@clack/prompts', 'hpagent']) {
      expect(notices).toMatch(
        new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)\\n\\n[\\s\\S]*?Permission is hereby granted`, 'm'),
      );
    }
    expect(notices).not.toMatch(/^(?:rolldown-plugin|typescript|vitest) /m);
  });
});
