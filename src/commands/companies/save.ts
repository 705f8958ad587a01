import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access as accessFile, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from '../../cli/command.ts';
import { shellWord } from '../../cli/shell-word.ts';
import { errorCode } from '../../core/error-code.ts';
import type { Reason } from '../../core/failure.ts';
import type { Listing } from '../../core/found.ts';
import { counted } from '../../render/counted.ts';
import { writeError, writeNote, writeWarning } from '../../render/messages.ts';
import type { CompaniesFile, FileFormat } from '../options/companies-file.ts';
import type { Access } from '../session/settings.ts';
import { companiesText, writtenWords } from './text.ts';

/** What keeps the file from being written, as far as it can be known before there is anything to write. */
export async function troubleWith({ path }: CompaniesFile): Promise<readonly Reason[]> {
  const folder = dirname(path);
  const trouble = (why: string, fix: string) => [{ what: `--output '${path}' cannot be written: ${why}`, fix }];
  try {
    if (!(await stat(folder)).isDirectory()) return trouble(`${folder} is not a folder`, 'check the path');
    await accessFile(folder, constants.W_OK | constants.X_OK);
    const there = await stat(path).catch(() => null);
    return there && !there.isFile() ? trouble('it is there, and is not a file', 'set another path') : [];
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT')
      return trouble(`the folder ${folder} does not exist`, `run \`mkdir -p ${shellWord(folder)}\`, or set another path`);
    return trouble(`the folder ${folder} cannot be written to (${code})`, 'set another path');
  }
}

/** Writes companies to the file, and says on stderr how many went where. Returns false if it could not; the error was told then. */
export async function saveCompanies(
  listing: Listing,
  { path, format }: CompaniesFile,
  explain: boolean,
  access: Access,
  context: Context,
): Promise<boolean> {
  const { settings } = access;
  const { content, warning } = await contentOf(listing, format, explain, access, context);
  try {
    await writeWhole(path, content);
  } catch (error) {
    const reason = {
      what: `'${path}' could not be written (${errorCode(error)})`,
      fix: 'check the disk, or set another --output',
    };
    writeError(context.stderr, settings.colored.stderr, reason, false);
    return false;
  }
  if (warning !== null) writeWarning(context.stderr, settings.colored.stderr, warning);
  if (!settings.quiet) writeNote(context.stderr, writtenWords(listing, path));
  return true;
}

/** What the file is to hold, and what is to be said of it. */
async function contentOf(
  listing: Listing,
  format: FileFormat,
  explain: boolean,
  access: Access,
  context: Context,
): Promise<{ readonly content: string | Uint8Array; readonly warning: string | null }> {
  const readAt = context.host.clock.wallTime();
  if (format === 'html') {
    const { companiesPage } = await import('../../render/companies/html/page.ts');
    return { content: companiesPage(listing, readAt), warning: null };
  }
  if (format === 'csv') {
    const { companiesCsv } = await import('../../render/companies/csv.ts');
    return { content: companiesCsv(listing, explain), warning: null };
  }
  if (format !== 'xlsx') {
    return { content: await companiesText(listing, { format, explain, wide: false }, access, context), warning: null };
  }
  const { companiesXlsx } = await import('../../render/companies/xlsx.ts');
  const { bytes, cut } = await companiesXlsx(listing, explain, readAt);
  const texts = counted(cut, 'text is', 'texts are');
  const warning = `${texts} cut: a cell of Excel holds 32,767 characters; write a .csv or .json file for all of it`;
  return { content: bytes, warning: cut > 0 ? warning : null };
}

/** Writes a file whole or not at all: beside the old one, whose place it takes with its mode. A link is followed. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const old = await stat(target).catch(() => null);
  const draft = join(dirname(target), `.extruct-task-${randomUUID()}`);
  const file = await open(draft, 'wx', old?.mode);
  try {
    await file.writeFile(content);
    await file.sync();
    await file.close();
    await rename(draft, target);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(draft, { force: true });
    throw error;
  }
}
