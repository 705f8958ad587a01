import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    // Vitest leaves one core idle, which on two means no parallel files; most tests here only wait.
    maxWorkers: 3,
  },
});
