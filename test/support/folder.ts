import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder, which is there until the test is over. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'extruct-task-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
