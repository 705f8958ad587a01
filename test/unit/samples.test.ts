import { describe, expect, it } from 'vitest';
import { gains, ratePerMinute, type Sample, withSample } from '../../src/core/samples.ts';

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

describe('the gains', () => {
  it('are what came in each span, none below zero', () => {
    expect(gains(every10s([0, 4, 4, 10, 2]), 4)).toEqual([4, 0, 6, 0]);
  });

  it('are none before there are two moments', () => {
    expect(gains(every10s([4]), 4)).toEqual([]);
  });
});
