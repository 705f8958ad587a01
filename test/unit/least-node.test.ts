import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/*
 * The least version of Node.js, which `engines` tells and every other place repeats.
 */

const read = (path: string) => readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8');
const { engines, devDependencies } = JSON.parse(read('package.json')) as {
  readonly engines: { readonly node: string };
  readonly devDependencies: Readonly<Record<string, string>>;
};
const least = engines.node.replace('>=', '');

describe('the least Node.js', () => {
  it('is a version, and what a copy of the sources needs to be built', () => {
    expect(engines.node).toMatch(/^>=\d+\.\d+$/);
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { engines?: { node?: string } }> };
    expect(packages['']?.engines?.node).toBe(engines.node);
    // The first version of its line that the bundler, and with it Vitest, allows.
    expect(packages['node_modules/rolldown']?.engines?.node).toContain(`^${least}.0`);
  });

  it.each(['README.md', 'CONTRIBUTING.md', 'docs/install.md', 'docs/library.md', 'bin/extruct-task.js'])(
    'is told by %s, and no other',
    (path) => {
      const told = [...read(path).matchAll(/Node\.js (\d+(?:\.\d+)*) or newer/g)].map(([, version]) => version);
      expect(told.length).toBeGreaterThan(0);
      expect(new Set(told)).toEqual(new Set([least]));
    },
  );

  it('is the first that CI tests on', () => {
    expect(read('.github/workflows/ci.yml')).toContain(`node: ['${least}.0', `);
  });

  it('decides by its types what may be called', () => {
    expect(devDependencies['@types/node']).toMatch(new RegExp(`^~${least.replaceAll('.', '\\.')}\\.`));
  });
});
