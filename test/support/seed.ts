import fc from 'fast-check';
import { inject } from 'vitest';

// All properties of a run start from one seed, which is printed: `FC_SEED=… npm test` repeats the run.
fc.configureGlobal({ seed: inject('seed') });
