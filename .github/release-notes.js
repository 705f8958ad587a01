// A version's chapter of the changelog, without its heading, as the notes of its release:
//   node .github/release-notes.js 1.2.3 < CHANGELOG.md > notes.md
// One that is missing, has no date yet or says nothing is an error, so that no such version is released.
import { readFileSync } from 'node:fs';

const [version] = process.argv.slice(2);
const chapters = readFileSync(0, 'utf8').split(/^## /m).slice(1);
const [notes] = chapters.flatMap((chapter) => {
  const [heading, ...lines] = chapter.split('\n');
  const [, name] = /^(\S+) - \d{4}-\d{2}-\d{2}$/.exec(heading) ?? [];
  return name === version ? [lines.join('\n').trim()] : [];
});

if (notes) {
  process.stdout.write(`${notes}\n`);
} else {
  process.stderr.write(`error: The changelog has no chapter "## ${version} - <date>" that says something; check CHANGELOG.md\n`);
  process.exitCode = 1;
}
