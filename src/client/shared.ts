import { createBudget } from '../core/budget.ts';
import { createGate, type Gate } from '../core/gate.ts';
import { systemClock } from '../system-clock.ts';
import { version } from '../version.ts';

/** What all clients of a process share. */
interface Shared {
  /** By the origin of the service. A program knows one, or a few. */
  readonly gates: Map<string, Gate>;
  readonly budget: ReturnType<typeof createBudget>;
  watches: number;
}

// There may be two copies of this module: one program can import the library and require it.
const KEY = Symbol.for(`extruct-task ${version}`);

function shared(): Shared {
  const known: Shared | undefined = Reflect.get(globalThis, KEY);
  if (known) return known;
  const made: Shared = { gates: new Map(), budget: createBudget(), watches: 0 };
  Object.defineProperty(globalThis, KEY, { value: made });
  return made;
}

/** The gate that all calls of this process to a service pass: where it refuses one for the rate, all go more slowly. */
export function gateFor({ origin }: URL): Gate {
  const { gates } = shared();
  const gate = gates.get(origin) ?? createGate({ clock: systemClock, random: Math.random });
  gates.set(origin, gate);
  return gate;
}

/** The budget of requests of all watches in this process that pace themselves. */
export function sharedBudget(): Shared['budget'] {
  return shared().budget;
}

/** A name that no other watch of this process has. */
export function nextWatch(): string {
  const all = shared();
  all.watches += 1;
  return `${all.watches}`;
}
