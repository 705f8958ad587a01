import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(import.meta.dirname, '../..');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const TYPES = join(ROOT, 'node_modules/@types');
const COMPILER = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, target: 'es2023', outDir: 'out' };

const start = promisify(execFile);

/** The package as it is published, and the ways to use it from outside. */
export interface Packed {
  readonly tarball: Buffer;
  /** The paths of its files. */
  readonly files: readonly string[];
  /** Installs it as a program; gives the path of its command. */
  installProgram(): Promise<string>;
  /** Installs it into a project. */
  installLibrary(): Promise<void>;
  /** Compiles sources, by name, in that project; gives the folder of what was made. */
  compile(sources: Readonly<Record<string, string>>, types: readonly string[]): Promise<string>;
  remove(): void;
}

/** Packs what is built already. Nothing here needs the network. */
export async function pack(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const npm = async (where: string, ...args: readonly string[]) => {
    const made = join(folder, where);
    mkdirSync(made, { recursive: true });
    return (await start('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--offline'], { cwd: made })).stdout;
  };
  const listed = JSON.parse(await npm('.', 'pack', ROOT, '--json')) as [{ filename: string; files: { path: string }[] }];
  const [{ filename, files }] = listed;
  const archive = join(folder, filename);
  return {
    tarball: readFileSync(archive),
    files: files.map(({ path }) => path),
    async installProgram() {
      await npm('program', 'install', '--global', '--prefix', join(folder, 'program'), archive);
      return join(folder, 'program/bin/extruct-task');
    },
    async installLibrary() {
      mkdirSync(join(folder, 'project'));
      writeFileSync(join(folder, 'project/package.json'), JSON.stringify({ private: true, type: 'module' }));
      await npm('project', 'install', archive);
    },
    async compile(sources, types) {
      const project = mkdtempSync(join(folder, 'project', 'part-'));
      for (const [file, text] of Object.entries(sources)) writeFileSync(join(project, `${file}.ts`), text);
      const compilerOptions = { ...COMPILER, module: 'nodenext', types, typeRoots: [TYPES] };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
      await start(process.execPath, [TSC], { cwd: project });
      return join(project, 'out');
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
