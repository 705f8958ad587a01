import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';
import { declarations } from './build/declarations.ts';
import { lineMaps } from './build/line-maps.ts';
import { manPage } from './src/cli/man.ts';
import { loadFor } from './src/cli/program.ts';
import { COMMANDS } from './src/commands/index.ts';
import { mainHelp } from './src/ready-help.ts';

/*
 * The build: `src` and every package it uses become a few CommonJS files in `dist`, each loaded once it is needed, since a
 * script that calls `get` in a loop waits for the start each time (docs/performance.md). CommonJS, because an ESM entry costs
 * a loader of its own, and on Node 22 and later undici. Not minified: that gains nothing, and what runs can be read.
 * The library is built by itself, as ESM and as CommonJS, with its types.
 */

/** A module as one package imports it, and the code it gets in its place. */
interface StandIn {
  readonly importer: string;
  readonly module: string;
  readonly code: string;
}

/** Takes the place of what is never used: to call, make or read it throws. Of `classes`, instanceof may ask. */
function leftOut(importer: string, module: string, names: readonly string[], classes: readonly string[] = []): StandIn {
  const lines = [
    `const fail = () => { throw new Error('${module} is left out of this build, see rolldown.config.ts'); };`,
    'const absent = new Proxy(function () {}, { get: fail, apply: fail, construct: fail });',
    ...names.map((name) => (name === 'default' ? 'export default absent;' : `export { absent as ${name} };`)),
    ...classes.map((name) => `export class ${name} extends Error { constructor() { fail(); } }`),
  ];
  return { importer, module, code: lines.join('\n') };
}

/** Takes the place of a part of Node that is used at times, and loads it then. Nothing is lost. */
function deferred(importer: string, module: string, codeOf: (loaded: string) => string): StandIn {
  return { importer, module, code: codeOf(`require('${module}')`) };
}

/**
 * What is left out of the packages, and what it gains (docs/performance.md). test/unit/left-out.test.ts and test/http/built.test.ts
 * hold that nothing needs it; the build fails where one of these is not imported any more, or by a name that is not here.
 */
export const STAND_INS: readonly StandIn[] = [
  // The option `http2` is off. As it loads, the wrapper makes a TLS socket, for which Node parses all root certificates: that would be
  // 46 of 155 ms of CPU time for `get` over http, 10 of 160 over https.
  leftOut('got', 'http2-wrapper', ['default']),
  // The option `cache` is not set: an answer out of a cache is no news of a task. It brings 60 KB of code, 3.5 ms of 115.
  leftOut('got', 'cacheable-request', ['default'], ['CacheError']),
];

/** What the program loads when it is used. The library's client is loaded with its first call, where as much is not noticed. */
const DEFERRED: readonly StandIn[] = [
  // Used for https only: 3.7 of 116 ms for `get` over http.
  deferred('got', 'node:https', (https) => `export default { get request() { return ${https}.request; } };`),
  deferred('got', 'node:tls', (tls) => `export const checkServerIdentity = (...given) => ${tls}.checkServerIdentity(...given);`),
  // Used for compressed answers only: 4.5 ms. got asks at once whether there is a function for zstd.
  deferred(
    'decompress-response',
    'node:zlib',
    (zlib) => `
      const later = (name) => (...given) => ${zlib}[name](...given);
      const isMissing = (name) => name === 'createZstdDecompress' && process.versions.zstd === undefined;
      export default new Proxy({}, { get: (_, name) => (isMissing(name) ? undefined : later(name)) });`,
  ),
];

/**
 * ESM has no `require`. By what its bundler puts in the place of that, a program that holds the library would break where it is
 * bundled into CommonJS in turn.
 */
const IMPORTED: readonly StandIn[] = ['http', 'https', 'url'].map((module) => ({
  importer: 'hpagent',
  module,
  code: `export * from 'node:${module}';`,
}));

const STAND_IN = '\0stand-in:';

function standIns(all: readonly StandIn[]): Plugin {
  const unused = new Set(all);
  return {
    name: 'stand-ins',
    resolveId(source, importer = '') {
      const standIn = all.find((candidate) => candidate.module === source && candidate.importer === packageOf(importer));
      if (!standIn) return null;
      unused.delete(standIn);
      return STAND_IN + source;
    },
    load: (id) => all.find(({ module }) => STAND_IN + module === id)?.code ?? null,
    buildEnd() {
      for (const { importer, module } of unused) this.error(`${importer} imports no ${module} any more: take it off STAND_INS`);
    },
  };
}

/**
 * Words of an error in got's helper are put together with two `Intl.ListFormat`, slow to make: they are made for an error. As the
 * helper loads they would take 18 of 127 ms.
 */
function lateListFormat(): Plugin {
  return {
    name: 'late-list-format',
    transform: {
      filter: { id: /@sindresorhus[\\/]is[\\/]distribution[\\/]index\.js$/ },
      handler(code, _id, { magicString }) {
        const made = [...code.matchAll(/new Intl\.ListFormat\(.*?\)(?=;)/g)];
        if (made.length !== 2) this.error(`@sindresorhus/is makes ${made.length} Intl.ListFormat, not 2: see lateListFormat`);
        for (const { 0: text, index } of made) {
          magicString?.overwrite(index, index + text.length, `{ format: (list) => ${text}.format(list) }`);
        }
        return magicString ? { code: magicString } : null;
      },
    },
  };
}

/**
 * got begins the options of each request with those of a cache and of a Unix socket, neither of which is used here. An object that
 * begins by taking in others is a slow one to V8: without them a poll leaves 17 KB less of garbage behind, and takes 0.48 ms of CPU
 * time in place of 0.58.
 */
function plainRequestOptions(): Plugin {
  return {
    name: 'plain-request-options',
    transform: {
      filter: { id: /[\\/]got[\\/]dist[\\/]source[\\/]core[\\/]options\.js$/ },
      handler(code, _id, { magicString }) {
        const [taken, ...others] = code.matchAll(/\.\.\.internals\.cacheOptions,\s+\.\.\.this\._unixOptions,/g);
        if (!taken || others.length > 0)
          return this.error('got makes the options of a request otherwise: see plainRequestOptions');
        magicString?.remove(taken.index, taken.index + taken[0].length);
        return magicString ? { code: magicString } : null;
      },
    },
  };
}

/** The help of the whole is the same each time: it is made here, so that neither commander nor its tree is loaded for it. */
function readyHelp(): Plugin {
  return {
    name: 'ready-help',
    load: {
      filter: { id: /[\\/]src[\\/]ready-help\.ts$/ },
      handler: () => `export const mainHelp = ${JSON.stringify(mainHelp)};`,
    },
  };
}

/** Writes the man page, from the same tree as the help. */
function manual(): Plugin {
  return {
    name: 'manual',
    async generateBundle() {
      mkdirSync('man', { recursive: true });
      writeFileSync('man/extruct-task.1', manPage(await loadFor([], COMMANDS)));
    },
  };
}

/** The folders of all packages of which there is code in what was built so far. */
const bundled = new Set<string>();

/**
 * Writes every character that is not ASCII as an escape. Node reads a file of ASCII by a quicker way, and V8 keeps it in half the
 * memory: one `…` in a file of 250 KB costs `get` 1 ms.
 */
function ascii(): Plugin {
  return {
    name: 'ascii',
    writeBundle({ dir = '' }, bundle) {
      for (const file of Object.keys(bundle).filter((name) => name.endsWith('.cjs'))) {
        const path = join(dir, file);
        const escaped = readFileSync(path, 'utf8').replace(
          /[^\0-\x7f]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
        writeFileSync(path, escaped);
      }
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
      const folders = ids.map((id) => (id.startsWith('\0rolldown') ? resolve('node_modules', 'rolldown') : folderOf(id)));
      for (const folder of folders) if (folder !== undefined) bundled.add(folder);
      const head = 'extruct-task holds code of these packages, under these licences.\n';
      const texts = [...bundled].map(noticeOf).sort();
      writeFileSync('THIRD_PARTY_NOTICES', [head, ...texts].join(`\n${'-'.repeat(80)}\n\n`));
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

function packageOf(id: string): string | undefined {
  return folderOf(id)?.replaceAll('\\', '/').split('/node_modules/').at(-1);
}

/** Paths in `src`, as a pattern of what begins with one of them. */
function sources(...paths: readonly string[]): RegExp {
  return new RegExp(
    paths
      .map((path) => `/src/${path}\\b`)
      .join('|')
      .replaceAll('/', '[\\\\/]'),
  );
}

/** What every run loads, and all that the version takes. */
const START = sources(
  '(?:main|host|place|writer|version)',
  'cli/(?:run|flags)',
  'commands/index',
  'render/(?:environment|messages|sanitize)',
);

/** What every command line takes: commander, what all commands have, and the core. */
const COMMAND_LINE = sources(
  'core',
  'cli/(?:command|command-line|program|help|option|refuse|color)',
  'commands/(?:options|exits|tasks/terms)',
  'render/(?:renderer|json-lines)',
);

/** What it takes to ask, and `get` with it, which waits for nothing else. */
const CLIENT = sources('client/client', 'commands/(?:session|get|tasks/open)');

/** What every way of showing a task takes, but for a line of JSON. */
const WORDS = sources('render/(?:format|words|markdown)');

const WATCH = sources('commands/watch');

const program = defineConfig({
  input: { main: 'src/main.ts', action: 'src/action/index.ts' },
  platform: 'node',
  // Other chunks take what they share with the entry from it: it needs no file beside it that only hands on.
  preserveEntrySignatures: 'allow-extension',
  plugins: [
    standIns([...STAND_INS, ...DEFERRED]),
    lateListFormat(),
    plainRequestOptions(),
    readyHelp(),
    manual(),
    notices(),
    ascii(),
    lineMaps(),
  ],
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    sourcemap: true,
    // A real import() would start Node's ESM loader.
    dynamicImportInCjs: false,
    // Whoever reads them has the sources; the licences are in THIRD_PARTY_NOTICES.
    comments: false,
    codeSplitting: {
      // What is always needed together stands in one file: a file takes longer to open than to compile.
      groups: [
        { name: 'main', test: START, priority: 4 },
        { name: 'command-line', test: (id) => packageOf(id) === 'commander' || COMMAND_LINE.test(id), priority: 3 },
        { name: 'client', test: (id) => ['got', 'zod'].includes(packageOf(id) ?? '') || CLIENT.test(id), priority: 1 },
        { name: 'words', test: WORDS, priority: 1 },
        { name: 'watch', test: WATCH },
        { name: 'paint', test: /[\\/]node_modules[\\/]chalk[\\/]|[\\/]src[\\/]render[\\/]paint/ },
        { name: 'prompts', test: /[\\/]node_modules[\\/]@clack[\\/]/ },
        { name: 'yaml', test: /[\\/]node_modules[\\/]yaml[\\/]/ },
        { name: 'proxy', test: /[\\/]node_modules[\\/]hpagent[\\/]/ },
      ],
    },
  },
});

/** The library, as ESM for those who import it, and as CommonJS for those who require it. Each is whole by itself. */
function library(format: 'esm' | 'cjs', ...more: readonly Plugin[]) {
  const ending = format === 'esm' ? 'js' : 'cjs';
  const ofLibrary = STAND_INS.filter(({ importer }) => importer !== 'commander');
  return defineConfig({
    input: { index: 'src/index.ts', sandbox: 'src/sandbox/index.ts' },
    platform: 'node',
    plugins: [
      standIns(format === 'esm' ? [...ofLibrary, ...IMPORTED] : ofLibrary),
      lateListFormat(),
      plainRequestOptions(),
      notices(),
      ...more,
    ],
    output: {
      dir: 'dist/library',
      format,
      entryFileNames: `[name].${ending}`,
      chunkFileNames: `[name].${ending}`,
      dynamicImportInCjs: false,
      comments: false,
    },
  });
}

export default [program, library('esm', declarations(['index', 'sandbox/index'])), library('cjs')];
