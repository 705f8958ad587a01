import type { Client } from '../../client/client.ts';
import type { Company } from '../../core/company.ts';
import type { Gate } from '../../core/gate.ts';
import type { Progress } from '../../core/progress.ts';
import type { Host } from '../../host.ts';

/** How many companies are named, and from how many rows of a terminal on. */
const [BEST, LEAST_ROWS] = [3, 14];

/** Between the starts of two requests for them, in milliseconds. */
const PAUSE_MS = 15_000;

/**
 * Asks for the best companies so far when an answer brings new high-fit results, in one small request that is never repeated. The
 * first time it waits until there are three, or for a pause from the first one on: what is shown then stays for a while. What fails there is not told to the user: the next answer asks again. The gate hears of it, with `patienceMs` as in `Gate.tell`.
 */
export function watchBest(
  { fetchResults }: Pick<Client, 'fetchResults'>,
  { clock, stderr }: Pick<Host, 'clock' | 'stderr'>,
  gate: Gate,
  patienceMs: number,
  signal: AbortSignal,
  tell: (best: readonly Company[]) => void,
): (progress: Progress) => void {
  let shownFor = 0;
  let firstAt: number | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  const ask = async (id: string, highFit: number) => {
    askedAt = clock.now();
    const page = await fetchResults(id, { offset: 0, limit: BEST }, signal);
    gate.tell({ ...page, startedAt: askedAt }, patienceMs);
    if (!page.ok || signal.aborted) return;
    shownFor = highFit;
    tell(page.value.items.slice(0, BEST));
  };
  return ({ id, task }) => {
    const highFit = task?.funnel.highFit ?? 0;
    if (highFit > 0) firstAt ??= clock.now();
    const isEnough = highFit >= BEST || (firstAt !== null && clock.now() >= firstAt + PAUSE_MS);
    const isDue = clock.now() >= Math.max(askedAt + PAUSE_MS, gate.nextAt());
    if (highFit > shownFor && isEnough && isDue && (stderr.rows ?? 0) >= LEAST_ROWS) void ask(id, highFit);
  };
}
