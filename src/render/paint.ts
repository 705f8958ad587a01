import { Chalk, type ChalkInstance } from 'chalk';

/**
 * What colours a view or a table. The 16 colours that a user has themed are enough: they can be read on whatever background
 * they were chosen for.
 */
export function paintOf(isColored: boolean): ChalkInstance {
  return new Chalk({ level: isColored ? 1 : 0 });
}
