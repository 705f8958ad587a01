import { existsSync } from 'node:fs';
import { it } from 'vitest';

/*
 * What not every system has. Whole files that need it are named in vitest.config.ts; single tests in others say so by these.
 */

/** A test that stops a process by a signal, or runs a script of bash. Windows has no signals that a program hears of, and no bash. */
export const onPosix = it.runIf(process.platform !== 'win32');

/** A test that needs `/dev/full`, or `/proc` to know a job in the background by. macOS has neither. */
export const onLinux = it.runIf(process.platform === 'linux');

/** LibreOffice's program, where it is installed. */
export const SOFFICE = ['/usr/bin/soffice', '/Applications/LibreOffice.app/Contents/MacOS/soffice'].find((path) =>
  existsSync(path),
);

/** A test that opens a file in LibreOffice, which few machines have. */
export const onLibreOffice = it.runIf(SOFFICE !== undefined);
