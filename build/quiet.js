import { build } from 'rolldown';
import { loadConfig } from 'rolldown/config';

/*
 * `npm run build`: as `rolldown -c`, without its list of all files, which would be the first thing that a newcomer's `npm ci` prints.
 * Warnings and errors come.
 */

// One after the other: the first clears the folder that the others write to.
for (const config of await loadConfig('rolldown.config.ts')) {
  // How long our own plugins took is no fault: to make the types takes most of the time.
  await build({ ...config, checks: { bundlerTimings: false } });
}
