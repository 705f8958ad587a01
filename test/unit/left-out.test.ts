import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import got from 'got';
import { describe, expect, it } from 'vitest';
import { STAND_INS } from '../../rolldown.config.ts';

/*
 * What the build leaves out of the packages, held against the packages' own code. test/http/built.test.ts runs what was built.
 */

const MODULES = resolve(import.meta.dirname, '../../node_modules');

/** Every line of a package's code that matches. */
function linesOf(name: string, folder: string, pattern: RegExp): string[] {
  const root = join(MODULES, name, folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''))
    .flatMap((code) => code.split('\n'))
    .filter((line) => pattern.test(line))
    .map((line) => line.trim());
}

const inGot = (pattern: RegExp) => linesOf('got', 'dist/source', pattern);

/** What a stand-in's code exports. Not imported: Vitest reads what it imports, which is what must throw. */
function exportsOf(code: string): [string, unknown][] {
  const exported: Record<string, unknown> = {};
  const body = code
    .replace(/export default (\w+)/, 'exported.default = $1')
    .replace(/export \{ (\w+) as (\w+) \}/g, 'exported.$2 = $1')
    .replace(/export class (\w+)/g, 'exported.$1 = class');
  new Function('exported', body)(exported);
  return Object.entries(exported);
}

describe('what is left out', () => {
  it('is all of this', () => {
    expect(STAND_INS.map(({ module }) => module)).toEqual(['http2-wrapper', 'cacheable-request']);
  });

  it.each(STAND_INS)('$module says so when it is called, made or read', ({ module, code }) => {
    const says = new RegExp(`^${module} is left out of this build`);
    for (const [name, value] of exportsOf(code)) {
      const absent = value as { new (): unknown; (): unknown; auto: unknown };
      expect(() => new absent(), name).toThrow(says);
      if (name.endsWith('Error')) continue;
      expect(() => absent(), name).toThrow(says);
      expect(() => absent.auto, name).toThrow(says);
    }
  });
});

describe('got', () => {
  // A new place is a reason to look whether it is still never reached.
  it.each([
    ['http2-wrapper', /\bhttp2wrapper\b/, ['import http2wrapper', 'http2: internals', 'return http2wrapper.auto']],
    ['cacheable-request', /\bCacheableRequest\(|\bCacheableCacheError\)/, ['const cacheableRequest', 'if (error instanceof']],
    ['node:https', /\bhttps\.request\(?;|'node:https'/, ["import https from 'node:https'", 'return https.request;']],
    ['node:tls', /\?\? checkServerIdentity|'node:tls'/, ['import { checkServerIdentity }', 'checkServerIdentity: https.']],
  ])('uses %s in the places that were looked at', (_module, pattern, places) => {
    expect(inGot(pattern).sort()).toEqual(places.sort().map((place) => expect.stringContaining(place)));
  });

  it('has neither options of a cache nor of a Unix socket unless they are asked for', () => {
    expect(got.defaults.options.cacheOptions).toEqual({});
    expect(got.defaults.options.enableUnixSockets).toBe(false);
    expect(inGot(/_unixOptions = \{/)).toHaveLength(1);
  });
});

describe('decompress-response', () => {
  it('asks for nothing of node:zlib but functions to call', () => {
    const uses = linesOf('decompress-response', '.', /\bzlib\b/).flatMap((line) => line.match(/(?:typeof )?zlib\.\w+\(?/g) ?? []);
    expect(new Set(uses)).toEqual(
      new Set([
        'typeof zlib.createZstdDecompress',
        'zlib.createZstdDecompress(',
        'zlib.createBrotliDecompress(',
        'zlib.createInflateRaw(',
        'zlib.createUnzip(',
      ]),
    );
  });
});

describe('what was built', () => {
  const dist = resolve(dirname(MODULES), 'dist');

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
    for (const name of ['got', 'commander', 'zod', 'chalk', 'string-width', '@clack/prompts', 'hpagent']) {
      expect(notices).toMatch(
        new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)\\n\\n[\\s\\S]*?Permission is hereby granted`, 'm'),
      );
    }
    expect(notices).not.toMatch(/^(?:http2-wrapper|cacheable-request|keyv|vitest) /m);
  });
});
