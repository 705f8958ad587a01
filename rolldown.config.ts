import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';
import { mainHelp } from './src/cli/main-help.ts';

/*
 * The build: `src` and every package it uses become a few CommonJS files in `dist`, each loaded once it is needed, since a
 * script that calls `get` in a loop waits for the start each time (docs/performance.md). CommonJS, because an ESM entry costs
 * a loader of its own, and on Node 22 and later undici. Not minified: that gains nothing, and what runs can be read.
 */

/** The help of the whole is the same each time: it is made here, so that neither commander nor its tree is loaded for it. */
function readyHelp(): Plugin {
  return {
    name: 'ready-help',
    load: {
      filter: { id: /[\\/]src[\\/]cli[\\/]main-help\.ts$/ },
      handler: () => `export const mainHelp = ${JSON.stringify(mainHelp)};`,
    },
  };
}

/** Writes THIRD_PARTY_NOTICES: the licence of each package of which there is code in `dist`. */
function notices(): Plugin {
  return {
    name: 'notices',
    generateBundle(_options, bundle) {
      const ids = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? Object.keys(file.modules) : []));
      // The bundler adds a few helpers of its own.
      const folders = ids.map((id) => (id.startsWith('\0rolldown') ? join('node_modules', 'rolldown') : folderOf(id)));
      const texts = [...new Set(folders)].flatMap((folder) => (folder === undefined ? [] : noticeOf(folder)));
      const head = 'extruct-task holds code of these packages, under these licences.\n';
      writeFileSync('THIRD_PARTY_NOTICES', [head, ...texts.sort()].join(`\n${'-'.repeat(80)}\n\n`));
    },
  };
}

function noticeOf(folder: string): string {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:-mit)?(?:\.(?:md|txt))?$/i.test(entry));
  const text = file
    ? readFileSync(join(folder, file), 'utf8')
    : `By ${author.name ?? author}. The package holds no licence text.`;
  return `${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
}

/** The folder of the package that a module belongs to. */
function folderOf(id: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0];
}

/** What every run loads, and the little that most do. */
const ALWAYS = new RegExp(
  [
    'core',
    'main',
    'host',
    'writer',
    'version',
    'cli/(?:run|flags|refuse|color)',
    'render/(?:messages|sanitize|renderer|json-lines)',
  ]
    .map((path) => `/src/${path}\\b`)
    .join('|')
    .replaceAll('/', '[\\\\/]'),
);

export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  plugins: [readyHelp(), notices()],
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    sourcemap: true,
    // A real import() would start Node's ESM loader.
    dynamicImportInCjs: false,
    // They are in the source maps, and the licences in THIRD_PARTY_NOTICES.
    comments: false,
    codeSplitting: {
      // What is always needed together stands in one file: a file takes longer to open than to compile.
      groups: [
        {
          name: 'core',
          test: (id) => /rolldown.runtime/.test(id) || ALWAYS.test(id),
          priority: 3,
        },
        { name: 'settings', test: /[\\/]node_modules[\\/]zod[\\/]|[\\/]src[\\/]cli[\\/]settings/, priority: 2 },
        {
          name: 'client',
          test: /[\\/]node_modules[\\/]got[\\/]|[\\/]src[\\/](?:api[\\/]client|commands[\\/](?:follow|screen))/,
          priority: 1,
        },
        { name: 'paint', test: /[\\/]node_modules[\\/]chalk[\\/]|[\\/]src[\\/]render[\\/]paint/ },
        { name: 'prompts', test: /[\\/]node_modules[\\/]@clack[\\/]/ },
        { name: 'proxy', test: /[\\/]node_modules[\\/]https?-proxy-agent[\\/]/ },
      ],
    },
  },
});
