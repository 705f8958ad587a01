import type { Clock } from './core/clock.ts';
import { createSleep } from './sleeping.ts';

const now = () => performance.now();

/** The clock of this machine. Whoever sleeps by it shares one timer with all others. */
export const systemClock: Clock = { now, wallTime: () => Date.now(), sleep: createSleep(now) };
