/** Where a function rises, by each of its arguments; to be filled in, from zeros. */
export type Gradient = number[];

const STEPS = 800;
const LONGEST_STEP = 0.05;
const [MOMENTUM, MEMORY] = [0.9, 0.999];

/** Where an argument has no slope, 0 is divided by this, and not by 0. */
const LEAST_SCALE = 1e-12;

/**
 * Where a function of so many arguments is least, near 0, by its slopes: gradient descent whose steps fit each argument's scale (Adam,
 * Kingma and Ba 2015), and get shorter towards the end.
 */
export function least(size: number, slope: (at: readonly number[], gradient: Gradient) => void): number[] {
  const zeros = () => Array.from({ length: size }, () => 0);
  const [at, mean, square] = [zeros(), zeros(), zeros()];
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = zeros();
    slope(at, gradient);
    const length = (LONGEST_STEP * (1 + Math.cos((Math.PI * step) / STEPS))) / 2;
    for (const [index, by] of gradient.entries()) {
      mean[index] = MOMENTUM * (mean[index] ?? 0) + (1 - MOMENTUM) * by;
      square[index] = MEMORY * (square[index] ?? 0) + (1 - MEMORY) * by ** 2;
      const [steady, scale] = [(mean[index] ?? 0) / (1 - MOMENTUM ** step), (square[index] ?? 0) / (1 - MEMORY ** step)];
      at[index] = (at[index] ?? 0) - (length * steady) / (Math.sqrt(scale) + LEAST_SCALE);
    }
  }
  return at;
}
