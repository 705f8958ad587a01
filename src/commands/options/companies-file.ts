import { optional, type Reader } from '../../cli/option.ts';

/** The formats of a file of companies, by its ending. */
const FORMATS = {
  '.csv': 'csv',
  '.xlsx': 'xlsx',
  '.html': 'html',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.md': 'markdown',
} as const;

export type FileFormat = (typeof FORMATS)[keyof typeof FORMATS];

/** A file that companies are to be written to. */
export interface CompaniesFile {
  readonly path: string;
  readonly format: FileFormat;
}

const [LAST = '', ...OTHERS] = Object.keys(FORMATS).reverse();

const ENDINGS = `${OTHERS.reverse().join(', ')} or ${LAST}`;

const reader: Reader<CompaniesFile> = {
  wish: `set a file that ends in ${ENDINGS}`,
  read(path) {
    const [, format] = Object.entries(FORMATS).find(([ending]) => path.toLowerCase().endsWith(ending)) ?? [];
    return format === undefined ? null : { path, format };
  },
};

/** Where companies go, other than to standard output. */
export function companiesFile(help: string, conflicts: readonly string[] = []) {
  const described = { help: `${help}: ${ENDINGS}`, more: 'See [Formats](#formats).' };
  return { output: optional({ flags: '-o, --output <file>', ...described, conflicts }, reader) };
}
