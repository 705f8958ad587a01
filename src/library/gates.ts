import { createGate, type Gate } from '../core/gate.ts';
import { systemClock } from '../system-clock.ts';

// By the origin of the service. A program knows one, or a few.
const gates = new Map<string, Gate>();

/** The gate that all calls of this process to a service pass: where it refuses one for the rate, all go more slowly. */
export function gateFor({ origin }: URL): Gate {
  const gate = gates.get(origin) ?? createGate({ clock: systemClock, random: Math.random });
  gates.set(origin, gate);
  return gate;
}
