import { readFileSync, writeFileSync } from 'node:fs';
import { withTables } from '../src/cli/docs.ts';
import { loadFor } from '../src/cli/program.ts';
import { docsTables } from '../src/commands/docs-tables.ts';
import { COMMANDS } from '../src/commands/index.ts';

/*
 * Writes the tables that the specs make into the pages: `npm run docs`. A test fails where a page differs.
 */

const tables = docsTables(await loadFor([], COMMANDS));
for (const page of ['README.md', 'docs/usage.md', 'docs/exit-codes.md', 'docs/sandbox.md']) {
  writeFileSync(page, withTables(readFileSync(page, 'utf8'), tables));
}
