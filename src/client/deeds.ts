import type { Deed } from '../core/deed.ts';
import { systemClock } from '../system-clock.ts';

/** What a client has just asked the service to do: for a moment not every answer shows it (`Deed`). */
interface Deeds {
  /** Keeps what was done to a task. */
  remember(id: string, deed: Deed): void;
  /** What was done to this task of late; null where nothing was. */
  of(id: string): Deed | null;
}

/** A client that has done nothing yet. */
export function createDeeds(): Deeds {
  const deeds = new Map<string, Deed>();
  const forget = () => {
    for (const [id, { until }] of deeds) if (until <= systemClock.now()) deeds.delete(id);
  };
  return {
    remember(id, deed) {
      forget();
      deeds.set(id.toLowerCase(), deed);
    },
    of(id) {
      forget();
      // FastAPI reads UUIDs in either case.
      return deeds.get(id.toLowerCase()) ?? null;
    },
  };
}
