import { readFileSync } from 'node:fs';

/** The package's version. Read, not imported: importing JSON makes Node 20 print a warning. */
export const version: string = readVersion();

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
