import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import type { Plugin } from 'rolldown';

const TSC = join('node_modules', 'typescript', 'bin', 'tsc');

const IMPORTED_FILE = /(?<= from '\.[^']+)\.ts(?=')/g;

/**
 * Puts the library's types beside its code, as TypeScript's compiler makes them: of the `entries`, paths in `src`, and of the sources
 * that their types lead to. Those of the others would tell of packages that nobody installs with ours. Each file is there twice, since
 * for TypeScript a `.d.ts` tells of ESM, and only a `.d.cts` of what can be required.
 */
export function declarations(entries: readonly string[]): Plugin {
  return {
    name: 'declarations',
    generateBundle() {
      const folder = mkdtempSync(join(tmpdir(), 'declarations-'));
      execFileSync(process.execPath, [TSC, '-p', 'tsconfig.types.json', '--outDir', folder], { stdio: 'inherit' });
      const reached = new Set(entries);
      for (const path of reached) {
        const source = readFileSync(join(folder, `${path}.d.ts`), 'utf8');
        for (const [, imported = ''] of source.matchAll(/ from '(\.[^']+)\.ts'/g))
          reached.add(posix.join(posix.dirname(path), imported));
        // The way that every version of TypeScript resolves.
        this.emitFile({ type: 'asset', fileName: `types/${path}.d.ts`, source: source.replaceAll(IMPORTED_FILE, '.js') });
        this.emitFile({ type: 'asset', fileName: `types/${path}.d.cts`, source: source.replaceAll(IMPORTED_FILE, '.cjs') });
      }
      rmSync(folder, { recursive: true });
    },
  };
}
