import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SCRIPT = resolve(import.meta.dirname, '../../.github/release-notes.js');

const CHANGELOG = `# Changelog

Words before.

## 1.10.0 (not released yet)

- Soon.

## 1.1.0 - 2027-02-03

### Added

- A \`## heading\` in a line.

### Fixed

- A bug.

## 1.0.0 - 2027-01-31

- The first.

## 0.9.0 - 2027-01-01
`;

function notesOf(version: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, version], { input: CHANGELOG, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe("a release's notes", () => {
  it('are its chapter of the changelog', () => {
    const stdout = '### Added\n\n- A `## heading` in a line.\n\n### Fixed\n\n- A bug.\n';
    expect(notesOf('1.1.0')).toEqual({ status: 0, stdout, stderr: '' });
  });

  it.each([
    ['is missing, though its number begins another one', '1.1'],
    ['fits a pattern alone', '1.0..'],
    ['has no date', '1.10.0'],
    ['says nothing', '0.9.0'],
    ['has no number', ''],
  ])('are an error where the chapter %s', (_what, version) => {
    const { status, stdout, stderr } = notesOf(version);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(`error: The changelog has no chapter "## ${version} - <date>" that says something; check CHANGELOG.md\n`);
  });
});
