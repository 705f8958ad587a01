/** One of them; each is as likely. `list` must not be empty. */
export function pick<T>(random: () => number, list: readonly T[]): T {
  return itemAt(list, between(random, 0, list.length - 1));
}

/** The item at a place, 0 or more; past the end it begins again. `list` must not be empty. */
export function itemAt<T>(list: readonly T[], place: number): T {
  const item = list[place % list.length];
  if (item === undefined) throw new Error('The list is empty');
  return item;
}

/** A whole number from `least` to `most`, both included. */
export function between(random: () => number, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** The value, or null with this chance. */
export function orNull<T>(random: () => number, chance: number, value: T): T | null {
  return random() < chance ? null : value;
}

/** The list in another order. */
export function shuffled<T>(random: () => number, list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
