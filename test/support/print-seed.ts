import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    seed: number;
  }
}

/** Chooses the seed of the run's properties and prints it. */
export default function chooseSeed(project: TestProject): void {
  const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
  project.provide('seed', seed);
  console.log(`Properties start from FC_SEED=${seed}\n`);
}
