import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ROOT, readAction } from '../support/action.ts';

/*
 * What a release does without GitHub, of the sources as they are here.
 */

const folder = mkdtempSync(join(tmpdir(), 'extruct-task-release-'));
const sources = join(folder, 'sources');
const made = join(folder, 'made');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const tarball = `extruct-task-${version}.tgz`;

const shell = (script: string) =>
  execFileSync('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
const git = (...args: readonly string[]) => execFileSync('git', ['-C', sources, ...args], { encoding: 'utf8' });
let commit: string;

const BOM = z.object({
  metadata: z.object({ component: z.object({ name: z.string() }) }),
  components: z.array(z.object({ name: z.string(), hashes: z.array(z.object({ alg: z.string() })) })),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

/** A release builds. Here that takes what is built of these sources already, since to build it again would be most of the work. */
function buildByCopying() {
  const path = join(sources, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const built = ['dist', 'man', 'THIRD_PARTY_NOTICES'].map((name) => `'${join(ROOT, name)}'`).join(' ');
  writeFileSync(path, JSON.stringify({ ...manifest, scripts: { build: `cp -R ${built} .` } }));
}

beforeAll(() => {
  const given =
    'git -C "$ROOT" ls-files -z --cached --others --exclude-standard | tar -C "$ROOT" --null -T - -cf - | tar x -C sources';
  shell(`ROOT='${ROOT}'; mkdir sources; ${given}`);
  // Linked file by file where that can be: npm does not look through a link to the whole.
  shell(`cp -al '${ROOT}/node_modules' sources 2> log || cp -R '${ROOT}/node_modules' sources`);
  buildByCopying();
  shell(`cd sources; git init -q; git add .; git -c user.name=a -c user.email=a@localhost commit -qm a`);
  commit = shell(`bash sources/build/release.sh '${made}' 2> log || { cat log >&2; exit 1; }`).trim();
  // It packs and starts six processes: more than a hook has, on a machine that does much else.
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('a release', () => {
  it('tags a commit that holds what the action starts and all that the package names', () => {
    const { bin, man, exports } = JSON.parse(git('show', `${commit}:package.json`));
    const paths = [
      readAction().runs.main,
      bin['extruct-task'],
      ...man,
      ...(JSON.stringify(exports).match(/(?<="\.\/)dist[^"]+/g) ?? []),
    ];
    expect(paths.length).toBeGreaterThan(8);
    for (const path of paths) expect(git('cat-file', '-t', `${commit}:${path}`)).toBe('blob\n');
  });

  it('hands that commit on in a bundle, with the sources as its parent, and moves no branch', () => {
    const elsewhere = join(folder, 'elsewhere');
    shell(`git clone -q sources elsewhere; git -C elsewhere fetch -q '${made}/commit.bundle' release`);
    expect(execFileSync('git', ['-C', elsewhere, 'rev-parse', 'FETCH_HEAD^'], { encoding: 'utf8' })).toBe(
      git('rev-parse', 'HEAD'),
    );
    expect(git('for-each-ref', '--format=%(refname)').trim().split('\n')).toHaveLength(1);
  });

  it('has a package without scripts or dependencies, and tells its SHA-256, in the formula too', () => {
    const manifest = JSON.parse(shell(`tar xzOf '${made}/${tarball}' package/package.json`));
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['scripts']));
    expect({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }).toEqual({});
    const sum = createHash('sha256')
      .update(readFileSync(join(made, tarball)))
      .digest('hex');
    expect(readFileSync(join(made, `${tarball}.sha256`), 'utf8')).toBe(`${sum}  ${tarball}\n`);
    expect(readFileSync(join(made, 'extruct-task.rb'), 'utf8')).toContain(`/v${version}/${tarball}"\n  sha256 "${sum}"\n`);
  });

  it('has a bill of materials: the packages that are built in, by their hashes, and none that only builds or tests', () => {
    const { metadata, components, dependencies } = BOM.parse(JSON.parse(readFileSync(join(made, 'sbom.cdx.json'), 'utf8')));
    const names = components.map(({ name }) => name);
    expect(metadata.component.name).toBe('extruct-task');
    expect(names).toEqual(expect.arrayContaining(['got', 'decompress-response', 'commander', 'zod', '@clack/prompts']));
    expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(?:vitest|typescript|http2-wrapper)$/)]));
    expect(components.filter(({ hashes }) => hashes[0]?.alg !== 'SHA-512')).toEqual([]);
    // It tells of no dependency that is not in it.
    const refs = new Set(dependencies.map(({ ref }) => ref));
    expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
    expect(refs.size).toBe(names.length + 1);
  });

  it('is refused with changes that are not committed', () => {
    shell('touch sources/stray.ts');
    expect(() => shell(`bash sources/build/release.sh '${made}'`)).toThrow(/changes that are not committed/);
  });
});
