import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(import.meta.dirname, '../..');
const MODULES = join(ROOT, 'node_modules');
/** The package's types are checked, and the compiler's own are not: that would take two thirds of its time. */
const LIBRARIES = { skipLibCheck: false, skipDefaultLibCheck: true };
const COMPILER = { strict: true, exactOptionalPropertyTypes: true, ...LIBRARIES, target: 'es2022', outDir: 'out' };

const start = promisify(execFile);

/** A project of somebody else. */
export interface Project {
  /** Files by their names. */
  readonly sources: Readonly<Record<string, string>>;
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  /** What a `.js` file is in it; ESM, unless said otherwise. */
  readonly type?: 'module' | 'commonjs';
}

/** The compiler's package. */
export type Compiler = 'typescript' | 'typescript-5';

/** The package as it is published, and the ways to use it from outside. */
export interface Packed {
  readonly tarball: Buffer;
  /** The paths of its files. */
  readonly files: readonly string[];
  /** Installs it as a program; gives the path of its command. */
  install(): Promise<string>;
  /**
   * Compiles projects that find what was installed; gives the folders of what was made. Rejects with what the compiler says, in `stdout`.
   */
  compile(projects: readonly Project[], compiler?: Compiler): Promise<string[]>;
  remove(): void;
}

/** Packs what is built already, as a release does. Nothing here needs the network. */
export async function pack(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const archive = (await start('bash', [join(ROOT, 'build/pack.sh'), folder])).stdout.trim();
  const files = (await start('tar', ['tzf', archive])).stdout.trim().split('\n');
  return {
    tarball: readFileSync(archive),
    files: files.map((path) => path.replace(/^package\//, '')),
    async install() {
      const where = ['--global', '--prefix', folder];
      await start('npm', ['install', ...where, archive, '--ignore-scripts', '--no-audit', '--no-fund', '--offline']);
      // As `npm link` leaves it: it needs no other package.
      symlinkSync(join(folder, 'lib/node_modules'), join(folder, 'node_modules'));
      return join(folder, 'bin/extruct-task');
    },
    async compile(projects, compiler = 'typescript') {
      const folders = projects.map((project) => writeProject(folder, project));
      await start(process.execPath, [join(MODULES, compiler, 'bin/tsc'), '--build', ...folders], { cwd: folder });
      return folders.map((project) => join(project, 'out'));
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Gives the folder of the project. */
function writeProject(folder: string, { sources, compilerOptions, type = 'module' }: Project): string {
  const project = mkdtempSync(join(folder, 'project-'));
  const typeRoots = [join(MODULES, '@types')];
  const files = {
    ...sources,
    'package.json': JSON.stringify({ private: true, type }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: { types: [], ...COMPILER, typeRoots, ...compilerOptions },
      files: Object.keys(sources),
    }),
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
  return project;
}
