import { DURATION_FORMS, parseDuration } from '../core/duration.ts';
import { type Result, usageError } from '../core/usage.ts';

/*
 * An option is described once. The parser, the check of its value, its default, its line in the help and in the man page, the values
 * that completion offers, and its row in docs/usage.md are all made from that description.
 */

/** The description of an option, for every type of value. */
interface Description {
  /** As the user writes it, such as `-q, --quiet` or `--timeout <duration>`. */
  readonly flags: string;
  /** What it does, for the help: a clause without the default. */
  readonly help: string;
  /** What else the man page and the docs say about it: whole sentences. */
  readonly more?: string;
  /** What applies if it is not given, in words, if that is not a value: `never`. */
  readonly otherwise?: string;
  /** The environment variable that can replace it. */
  readonly variable?: string;
  /** The values that it can have, if they are few. */
  readonly values?: readonly string[];
  /** Accepted, but not shown in the help. */
  readonly isHidden?: boolean;
  /** Its heading in the help. */
  readonly group?: string;
  /** Options that cannot be given with it, by their keys. */
  readonly conflicts?: readonly string[];
  /** The option without which it would do nothing, by its long name. */
  readonly needs?: string;
}

/** An option of a command, with a value of type `T`. */
export interface Option<T> extends Description {
  /** The value that applies if it is not given, as a user would write it. */
  readonly default?: string;
  /** Whether it may be given several times. */
  readonly repeats: boolean;
  /** Reads what the parser has for it; undefined if it was not given. */
  read(given: unknown): Result<T>;
}

/** The options of a command, by their keys. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** The values of options. */
export type Values<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/**
 * How a text becomes a value. If `read` returns null, the text is refused; `wish` says what to do, in a clause that starts with a
 * verb.
 */
export interface Reader<T> {
  readonly wish: string;
  read(text: string): T | null;
}

/** An option that is given or not. For an option written `--no-…`, true means that it was not given. */
export function flag(description: Description): Option<boolean> {
  const isNegated = optionName(description).startsWith('--no-');
  return {
    ...description,
    repeats: false,
    read: (given) => ({ ok: true, value: given === undefined ? isNegated : given === true }),
  };
}

/** An option with a value and a default. */
export function option<T>(description: Description & { readonly default: string }, reader: Reader<T>): Option<T> {
  return { ...description, repeats: false, read: (given) => readText(description, String(given ?? description.default), reader) };
}

/** An option with a value; null if it is not given. */
export function optional<T>(description: Description, reader: Reader<T>): Option<T | null> {
  return {
    ...description,
    repeats: false,
    read: (given) => (given === undefined ? { ok: true, value: null } : readText<T | null>(description, String(given), reader)),
  };
}

/** An option that may be given several times, each with a value. */
export function repeatable<T>(description: Description, reader: Reader<T>): Option<readonly T[]> {
  return {
    ...description,
    repeats: true,
    read(given) {
      const values: T[] = [];
      for (const text of Array.isArray(given) ? given : []) {
        const value = readText(description, String(text), reader);
        if (!value.ok) return value;
        values.push(value.value);
      }
      return { ok: true, value: values };
    },
  };
}

function readText<T>(description: Description, text: string, { wish, read }: Reader<T>): Result<T> {
  const value = read(text);
  return value === null ? usageError(`${optionName(description)} cannot be '${text}'`, wish) : { ok: true, value };
}

/** An option's long name: `--timeout`. */
export function optionName({ flags }: { readonly flags: string }): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? flags;
}

/** The placeholder of an option's value: `path` in `--token-file <path>`; empty if it takes none. */
export function placeholderOf({ flags }: { readonly flags: string }): string {
  return /[<[](.+?)(?:\.\.\.)?[>\]]/.exec(flags)?.[1] ?? '';
}

/** What the help says about an option: what it does, and its default. */
export function helpOf(told: Option<unknown>): string {
  const { help, default: value, otherwise = value, variable } = told;
  const takesValue = placeholderOf(told) !== '';
  const words = takesValue ? [variable, otherwise].filter(Boolean).join(', else ') : otherwise;
  const also = takesValue || variable === undefined ? [] : [`also: ${variable}`];
  const all = [...(words ? [`default: ${words}`] : []), ...also];
  return all.length === 0 ? help : `${help} (${all.join('; ')})`;
}

/** Any text. */
export const text: Reader<string> = { wish: 'set a text', read: (given) => given };

/** A duration of at least `leastMs` milliseconds. */
export function duration(leastMs = 0): Reader<number> {
  const least = leastMs > 0 ? ` of at least ${leastMs}ms` : '';
  return { wish: `set a duration${least}: ${DURATION_FORMS}`, read: (given) => atLeast(parseDuration(given), leastMs) };
}

function atLeast(ms: number | null, leastMs: number): number | null {
  return ms !== null && ms >= leastMs ? ms : null;
}

/** A whole number between two bounds, both allowed. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): Reader<number> {
  const wish = most < Number.MAX_SAFE_INTEGER ? `a number from ${least} to ${most}` : `a whole number of at least ${least}`;
  return {
    wish: `set ${wish}`,
    read(given) {
      const value = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
      return value >= least && value <= most ? value : null;
    },
  };
}

/** One of a few words. */
export function oneOf<T extends string>(values: readonly T[]): Reader<T> {
  const listed = values.length < 2 ? values.join() : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
  return { wish: `set ${listed}`, read: (given) => values.find((value) => value === given) ?? null };
}
