import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(resolve(ROOT, path), 'utf8');

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

describe('the lock file', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
  const installed = Object.entries(packages).filter(([path]) => path !== '');

  it('pins every package by its hash', () => {
    expect(installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
  });

  it('names no registry: it serves whoever installs from a mirror', () => {
    expect(installed.filter(([, locked]) => 'resolved' in locked)).toEqual([]);
  });

  it('is written so on every machine, by what npm is told here', () => {
    expect(read('.npmrc').trim()).toBe('omit-lockfile-registry-resolved=true');
  });

  it('holds no package that runs a script as it is installed', () => {
    expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
  });
});

describe('every dependency', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;

  it.each(Object.keys({ ...dependencies, ...devDependencies }))('%s has its reason in docs/dependencies.md', (name) => {
    expect(read('docs/dependencies.md')).toMatch(new RegExp(`^\\|[^|]*${name}[^|]*\\|`, 'm'));
  });
});

describe.each(readdirSync(resolve(ROOT, '.github/workflows')))('the workflow %s', (file) => {
  const workflow = read(`.github/workflows/${file}`);

  it('pins its actions by commit, with the version beside it, but for the one that is here', () => {
    const uses = workflow.match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const use of uses) expect(use).toMatch(/^uses: (?:\.\/$|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d)/);
  });

  it('may only read, but where a job says why', () => {
    expect(workflow).toMatch(/^permissions:\n {2}contents: read$/m);
    for (const right of workflow.match(/^.*: write.*$/gm) ?? []) expect(right).toMatch(/: write # to /);
  });

  it('keeps no credentials beside the code, and runs nothing that an outsider wrote', () => {
    const checkouts = workflow.match(/actions\/checkout@.*\n {8}with:\n {10}persist-credentials: false/g) ?? [];
    expect(checkouts).toHaveLength(workflow.match(/actions\/checkout@/g)?.length ?? 0);
    expect(workflow).not.toMatch(/pull_request_target|\$\{\{ *github\.(?:event|head_ref)/);
    expect(workflow).not.toMatch(/secrets\./);
  });
});

describe('the owner of the repository', () => {
  const { homepage, bugs, repository } = JSON.parse(read('package.json')) as {
    readonly [key in 'homepage' | 'bugs']: string;
  } & { readonly repository: { readonly url: string } };
  const owner = /github\.com\/([\w-]+)\//.exec(repository.url)?.[1];

  it('is told by package.json', () => {
    const page = `https://github.com/${owner}/extruct-task`;
    expect({ homepage, bugs, url: repository.url }).toEqual({
      homepage: `${page}#readme`,
      bugs: `${page}/issues`,
      url: `git+${page}.git`,
    });
  });

  it('is the same wherever the docs need it', () => {
    const pages = [
      'README.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      ...readdirSync(resolve(ROOT, 'docs')).map((name) => `docs/${name}`),
    ];
    const told = pages.flatMap((page) => read(page).match(/(?<=github\.com\/|uses: )[\w-]+(?=\/extruct-task\b)/g) ?? []);
    expect(new Set(told)).toEqual(new Set([owner]));
  });

  it('is what a release is checked against', () => {
    expect(read('.github/workflows/release.yml')).toContain("require('./package.json').repository.url");
  });
});

describe('the bill of materials', () => {
  it('goes with the release', () => {
    expect(read('.github/workflows/release.yml')).toMatch(/gh release create .* release\/sbom\.cdx\.json /);
  });
});

describe('Dependabot', () => {
  it('looks once a week for newer packages and actions, and puts them in groups', () => {
    const { updates } = parse(read('.github/dependabot.yml')) as { updates: Record<string, unknown>[] };
    expect(updates).toEqual(
      ['npm', 'github-actions'].map((ecosystem) =>
        expect.objectContaining({
          'package-ecosystem': ecosystem,
          schedule: { interval: 'weekly' },
          groups: expect.objectContaining({ [ecosystem === 'npm' ? 'packages' : 'actions']: expect.anything() }),
        }),
      ),
    );
  });
});

describe('action.yml', () => {
  it('runs one file of this package, and no other action, shell or install', () => {
    expect(parse(read('action.yml')).runs).toEqual({ using: 'node24', main: 'dist/action.cjs' });
  });
});
