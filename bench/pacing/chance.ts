/** Numbers from 0 up to 1. */
export type Random = () => number;

/** Evenly between two bounds. */
export function between(random: Random, least: number, most: number): number {
  return least + (most - least) * random();
}

/** A whole number from `least` to `most`, both included. */
export function wholeBetween(random: Random, least: number, most: number): number {
  return Math.floor(between(random, least, most + 1));
}

/** Exponentially distributed: the wait for what can come at any moment. */
export function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}

/** Log-normally distributed: `spread` is the standard deviation of the logarithm. */
export function logNormal(random: Random, median: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(spread * normal);
}

/** Pareto distributed with an index of 1.8: mostly short, at times very long. */
export function heavyTailed(random: Random, mean: number): number {
  return (mean * 0.8) / 1.8 / (1 - random()) ** (1 / 1.8);
}

/** One of the choices. */
export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

/** For sorting numbers. */
export function ascending(a: number, b: number): number {
  return a - b;
}
