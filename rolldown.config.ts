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
 * What is left out of the packages or put off. test/unit/left-out.test.ts and test/http/built.test.ts hold that nothing needs
 * what is left out; the build fails where one of these is not imported any more, or by a name that is not here.
 */
export const STAND_INS: readonly StandIn[] = [
  // The option `http2` is off. As it loads, the wrapper makes a TLS socket, for which Node parses all root certificates.
  leftOut('got', 'http2-wrapper', ['default']),
  // The option `cache` is not set: an answer out of a cache is no news of a task.
  leftOut('got', 'cacheable-request', ['default'], ['CacheError']),
  // The option `dnsCache` is not set: the system looks names up.
  leftOut('got', 'cacheable-lookup', ['default']),
  // The option `body` is not set: only GET is sent.
  leftOut('got', 'form-data-encoder', ['FormDataEncoder', 'isFormData']),
  // It runs commands that are programs of their own; there are none.
  { importer: 'commander', module: 'node:child_process', code: 'module.exports = {};' },
  // An id of each request for diagnostic channels, on which nobody listens; all of Node's cryptography comes with it.
  { importer: 'got', module: 'node:crypto', code: "export const randomUUID = () => '';" },
];

/** What the program puts off. The library's client is loaded with its first call, where as much is not noticed. */
const DEFERRED: readonly StandIn[] = [
  // Used for https alone.
  deferred('got', 'node:https', (https) => `export default { get request() { return ${https}.request; } };`),
  deferred('got', 'node:tls', (tls) => `export const checkServerIdentity = (...given) => ${tls}.checkServerIdentity(...given);`),
  // Used for compressed answers alone. Whether there is a function for zstd is asked for at once.
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

/** Words of an error in got's helper are put together with two `Intl.ListFormat`, slow to make: they are made for an error. */
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
 * begins by taking in others is a slow one to V8: without them a poll leaves 17 KB less of garbage behind.
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

/** What every run loads, and the little that most do. */
const ALWAYS = new RegExp(
  [
    'core',
    'main',
    'host',
    'place',
    'writer',
    'version',
    'cli/(?:run|flags|refuse|color)',
    'commands/index',
    'render/(?:messages|sanitize|renderer|json-lines)',
  ]
    .map((path) => `/src/${path}\\b`)
    .join('|')
    .replaceAll('/', '[\\\\/]'),
);

const program = defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  plugins: [
    standIns([...STAND_INS, ...DEFERRED]),
    lateListFormat(),
    plainRequestOptions(),
    readyHelp(),
    manual(),
    notices(),
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
        {
          name: 'core',
          test: (id) => /rolldown.runtime/.test(id) || ALWAYS.test(id),
          priority: 4,
        },
        {
          name: 'command-line',
          test: /[\\/]node_modules[\\/]commander[\\/]|[\\/]src[\\/](?:cli[\\/](?:command-line|program|help|option|command)|commands[\\/](?:options|exits|tasks[\\/]terms))/,
          priority: 3,
        },
        {
          name: 'client',
          test: /[\\/]node_modules[\\/](?:got|zod)[\\/]|[\\/]src[\\/](?:client[\\/]client|commands[\\/](?:session|get|tasks[\\/]open))/,
          priority: 1,
        },
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
