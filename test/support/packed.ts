import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  /** The compiler's package; the newest, unless said otherwise. */
  readonly compiler?: 'typescript' | 'typescript-5';
}

/** The package as it is published, and the ways to use it from outside. */
export interface Packed {
  readonly tarball: Buffer;
  /** The paths of its files. */
  readonly files: readonly string[];
  /** Installs it as a program; gives the path of its command. */
  installProgram(): Promise<string>;
  /** Installs it into a folder of projects. */
  installLibrary(): Promise<void>;
  /** Compiles a project in that folder; gives the folder of what was made. Rejects with what the compiler says, in `stdout`. */
  compile(project: Project): Promise<string>;
  remove(): void;
}

/** Packs what is built already, as a release does. Nothing here needs the network. */
export async function pack(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const npm = async (where: string, ...args: readonly string[]) => {
    const made = join(folder, where);
    mkdirSync(made, { recursive: true });
    await start('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--offline'], { cwd: made });
  };
  const archive = (await start('bash', [join(ROOT, 'build/pack.sh'), folder])).stdout.trim();
  const files = (await start('tar', ['tzf', archive])).stdout.trim().split('\n');
  return {
    tarball: readFileSync(archive),
    files: files.map((path) => path.replace(/^package\//, '')),
    async installProgram() {
      await npm('program', 'install', '--global', '--prefix', join(folder, 'program'), archive);
      return join(folder, 'program/bin/extruct-task');
    },
    async installLibrary() {
      mkdirSync(join(folder, 'projects'));
      writeFileSync(join(folder, 'projects/package.json'), JSON.stringify({ private: true }));
      await npm('projects', 'install', archive);
    },
    async compile({ sources, compilerOptions, type = 'module', compiler = 'typescript' }) {
      const project = mkdtempSync(join(folder, 'projects', 'project-'));
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
      await start(process.execPath, [join(MODULES, compiler, 'bin/tsc')], { cwd: project });
      return join(project, 'out');
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
