import { configDefaults, defineConfig } from 'vitest/config';

/** Windows has no signals to die of, and no bash with its redirections. */
const POSIX_ALONE = ['test/posix/**', 'test/package/**', 'test/tty/**', 'test/faults/machine.test.ts'];
const notOnWindows = process.platform === 'win32' ? POSIX_ALONE : [];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...notOnWindows],
    globalSetup: ['test/support/print-seed.ts'],
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 20_000,
    // Vitest leaves one core idle, which on two means no parallel files; most tests here only wait.
    maxWorkers: 5,
  },
});
