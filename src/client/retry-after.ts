// IMF-fixdate and the two obsolete forms of RFC 9110 section 5.6.7. Date.parse alone would read "1" as a year.
const HTTP_DATE = /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? .*\d\d:\d\d:\d\d/;

// What stands between two commas; but a date's own comma, behind the day of the week, parts nothing.
const VALUE = /\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, [^,]*\d\d:\d\d:\d\d[^,]*|[^,]+/g;

/** What an answer says of when to come back. */
interface Said {
  /** Each `Retry-After` line separately: Node.js keeps only the first of several in `headers`. */
  readonly lines: readonly string[];
  /** The answer's `Date`. */
  readonly date: string | undefined;
}

/**
 * How long an answer asks to be left alone, in milliseconds, by the largest of its `Retry-After` values (RFC 9110 section
 * 10.2.3; contract, "Polling"); undefined where there is none, or only garbage. Seconds may have a fraction, which some services
 * send, and are rounded up. A date is read against the answer's own `Date`, so that a client whose clock is off waits no longer
 * (or shorter) than meant; where the answer has no date, against `wallTime`, in milliseconds since 1970.
 */
export function retryAfterMs({ lines, date }: Said, wallTime: number): number | undefined {
  const now = parseHttpDate(date?.trim() ?? '') ?? wallTime;
  const waits = lines.flatMap((line) => line.match(VALUE) ?? []).flatMap((value) => waitMs(value.trim(), now) ?? []);
  return waits.length === 0 ? undefined : waits.reduce((longest, wait) => Math.max(longest, wait));
}

/** The values of a header, a line each, in the order they came; `rawHeaders` holds names and values in turn. */
export function headerLines(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}

function waitMs(value: string, now: number): number | null {
  if (/^\d+(?:\.\d+)?$/.test(value)) return Math.min(Math.ceil(Number(value)) * 1000, Number.MAX_SAFE_INTEGER);
  const until = parseHttpDate(value);
  return until === null ? null : Math.max(0, until - now);
}

function parseHttpDate(text: string): number | null {
  // asctime, the oldest form, names no zone and means GMT.
  const ms = HTTP_DATE.test(text) ? Date.parse(/GMT$/.test(text) ? text : `${text} GMT`) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}
