import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import type { Plugin } from 'rolldown';

const TSC = join('node_modules', 'typescript', 'bin', 'tsc');

const IMPORTED_FILE = /(?<= from '\.[^']+)\.ts(?=')/g;

/**
 * Puts the library's types beside its code, as TypeScript's compiler makes them: of `entry`, a path in `src`, and of the sources that
 * its types lead to. Those of the others would tell of packages that nobody installs with ours.
 */
export function declarations(entry: string): Plugin {
  return {
    name: 'declarations',
    generateBundle() {
      const folder = mkdtempSync(join(tmpdir(), 'declarations-'));
      execFileSync(process.execPath, [TSC, '-p', 'tsconfig.types.json', '--outDir', folder], { stdio: 'inherit' });
      const reached = new Set([entry]);
      for (const path of reached) {
        const source = readFileSync(join(folder, `${path}.d.ts`), 'utf8');
        for (const [, imported = ''] of source.matchAll(/ from '(\.[^']+)\.ts'/g))
          reached.add(posix.join(posix.dirname(path), imported));
        // The way that every version of TypeScript resolves.
        this.emitFile({ type: 'asset', fileName: `types/${path}.d.ts`, source: source.replaceAll(IMPORTED_FILE, '.js') });
      }
      rmSync(folder, { recursive: true });
    },
  };
}
