import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate, gains, ratePerMinute, type Sample, withSample } from '../../src/core/samples.ts';

const MINUTE = 60_000;

/** Samples ten seconds apart. */
function every10s(counts: readonly number[]): Sample[] {
  return counts.map((highFit, index) => ({ at: index * 10_000, highFit }));
}

const steady = every10s([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);

describe('the history', () => {
  it('keeps its first and its last sample, however long it gets, in bounded memory', () => {
    let samples: readonly Sample[] = [];
    for (let at = 0; at <= 10_000; at++) samples = withSample(samples, { at, highFit: at });
    expect(samples.length).toBeLessThanOrEqual(64);
    expect([samples[0]?.at, samples.at(-1)?.at]).toEqual([0, 10_000]);
  });
});

describe('the rate', () => {
  it('is results a minute', () => {
    expect(ratePerMinute(steady)).toBeCloseTo(12);
  });

  it('looks at the last five minutes only', () => {
    const late = [...steady, ...[200, 500, 800].map((seconds) => ({ at: seconds * 1000, highFit: 20 }))];
    expect(ratePerMinute(late)).toBe(0);
  });

  it('is unknown before there is anything to compare', () => {
    expect(ratePerMinute([])).toBeNull();
    expect(ratePerMinute(every10s([5]))).toBeNull();
  });
});

describe('the time that is left', () => {
  it('is a range around what the rates say, in round steps', () => {
    expect(estimate(steady, 50)).toEqual({ fromMs: 2 * MINUTE, toMs: 3 * MINUTE });
  });

  it('is wider where the pace changes', () => {
    const slowing = every10s([0, 6, 12, 18, 20, 21, 22, 23, 24, 25]);
    expect(estimate(slowing, 50)).toEqual({ fromMs: MINUTE, toMs: 5 * MINUTE });
  });

  it.each([
    ['there are few answers', every10s([0, 10, 20, 30]), 50],
    ['there are few results', every10s([0, 1, 2, 3, 4, 4]), 50],
    ['none came lately', every10s([0, 10, 20, 20, 20, 20, 20, 20, 20]), 50],
    ['the target is reached', steady, 20],
    ['counters fell', every10s([30, 20, 10, 15, 20, 25]), 50],
    ['it would take days', every10s([0, 1, 2, 3, 4, 5, 6]), 1_000_000],
  ])('is unknown where %s', (_why, samples, target) => {
    expect(estimate(samples, target)).toBeNull();
  });

  it('stays put from poll to poll while the pace does', () => {
    const seen = new Set<string>();
    for (let length = 6; length <= 11; length++) seen.add(JSON.stringify(estimate(steady.slice(0, length), 150)));
    expect(seen.size).toBe(1);
  });

  it('never runs backwards, whatever the counts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 80 }), fc.integer(), (counts, target) => {
        const eta = estimate(every10s(counts), target);
        return eta === null || (eta.fromMs >= 0 && eta.toMs >= eta.fromMs && Number.isFinite(eta.toMs));
      }),
    );
  });
});

describe('the gains', () => {
  it('are what came in each span, none below zero', () => {
    expect(gains(every10s([0, 4, 4, 10, 2]), 4)).toEqual([4, 0, 6, 0]);
  });

  it('are none before there are two moments', () => {
    expect(gains(every10s([4]), 4)).toEqual([]);
  });
});
