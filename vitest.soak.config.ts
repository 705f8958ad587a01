import { defineConfig } from 'vitest/config';

/** `npm run soak`: minutes of it, so it is no part of `npm test`. SOAK_MINUTES shortens it. */
export default defineConfig({
  test: { include: ['test/soak/**/*.soak.ts'], testTimeout: 3_600_000, disableConsoleIntercept: true },
});
