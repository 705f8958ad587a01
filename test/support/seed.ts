import fc from 'fast-check';
import { inject } from 'vitest';

// All properties of a run start from one seed, which is printed: `FC_SEED=… npm test` repeats the run. No test is about this time:
// to make a counterexample smaller may take for ever, and Vitest cannot end a test that does not pause.
fc.configureGlobal({ seed: inject('seed'), interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true });
