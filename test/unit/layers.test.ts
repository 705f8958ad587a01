import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../../src');

/** Who may import whom (docs/architecture.md). A layer may always import itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  sleeping: ['core'],
  'system-clock': ['core', 'sleeping'],
  tty: [],
  signals: ['core', 'tty'],
  host: ['core', 'signals', 'sleeping', 'tty'],
  writer: ['host'],
  version: [],
  place: [],
  client: ['core', 'system-clock', 'sleeping', 'version'],
  index: ['core', 'client'],
  render: ['core'],
  sandbox: ['core'],
  cli: ['core', 'host', 'writer', 'version', 'render'],
  commands: ['core', 'host', 'writer', 'version', 'client', 'render', 'sandbox', 'cli'],
  'ready-help': ['cli', 'commands'],
  action: ['core', 'cli', 'host', 'main', 'render'],
  main: ['core', 'signals', 'host', 'place', 'writer', 'render', 'commands', 'cli', 'ready-help'],
};

/** The only ones that may name `process`. */
const KNOWS_PROCESS = new Set(['host', 'place', 'signals', 'tty']);

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function layerOf(path: string): string {
  return path.split(/[\\/]/)[0]?.replace(/\.ts$/, '') ?? '';
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

describe('the layers', () => {
  it('are all known to this test', () => {
    expect(new Set(files.map(layerOf))).toEqual(new Set(Object.keys(MAY_IMPORT)));
  });

  it.each(files)('%s imports only downwards', (file) => {
    const layer = layerOf(file);
    const imported = importsOf(file)
      .filter((name) => name.startsWith('.') && !name.endsWith('.json'))
      .map((name) => layerOf(relative(SRC, resolve(dirname(join(SRC, file)), name))));
    expect([layer, ...(MAY_IMPORT[layer] ?? [])]).toEqual(expect.arrayContaining(imported));
  });

  it.each(files.filter((file) => layerOf(file) === 'core'))('%s is pure: it imports no package and no part of Node', (file) => {
    expect(importsOf(file).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  it.each(files.filter((file) => !KNOWS_PROCESS.has(layerOf(file))))('%s does not touch the process', (file) => {
    const code = readFileSync(join(SRC, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(code).not.toMatch(/(?<![.\w'-])process\.(?!platform)|\bconsole\./);
  });
});

describe('the sandbox', () => {
  it.each(files.filter((file) => layerOf(file) === 'sandbox'))('%s shares only the wire format with the client', (file) => {
    const shared = importsOf(file).filter((name) => name.startsWith('..'));
    expect(['../core/wire-task.ts', '../core/wire-result.ts', '../core/wire-line.ts']).toEqual(expect.arrayContaining(shared));
  });
});
