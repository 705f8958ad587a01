import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What whole files need that Windows has not. Single tests say so by test/support/platform.ts. */
const NOT_ON_WINDOWS = [
  // Signals that a program hears of, bash, file modes.
  'test/posix/**',
  'test/faults/machine.test.ts',
  // A pseudo-terminal with its signals.
  'test/tty/**',
  // A command that is a file which can be started, and man pages.
  'test/package/**',
];

/** Folders by how long their files take: those that wait for processes first, so that no worker still waits when all others have ended. */
const LONGEST_FIRST = ['package', 'posix', 'tty', 'faults', 'http', 'unit'];

class Sequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => LONGEST_FIRST.findIndex((folder) => moduleId.includes(`/test/${folder}/`));
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(process.platform === 'win32' ? NOT_ON_WINDOWS : [])],
    globalSetup: ['test/support/print-seed.ts'],
    setupFiles: ['test/support/seed.ts'],
    sequence: { sequencer: Sequencer },
    // No test is about these times: they end one that hangs, on a machine that is many times slower than ours.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000, interval: 20 } },
    // Vitest leaves one core idle, which on two means no parallel files; most tests here only wait.
    maxWorkers: 4,
    // Files share their worker's modules: to load them anew for each file would take half of the time.
    isolate: false,
  },
});
