// IMF-fixdate and the two obsolete forms of RFC 9110 section 5.6.7. Date.parse alone would read "1" as a year.
const HTTP_DATE = /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? .*\d\d:\d\d:\d\d/;

/**
 * How long a `Retry-After` header asks to wait, in milliseconds; undefined where it is missing or garbage. A date is read
 * against the answer's own `Date`, so that a client whose clock is off waits no longer (or shorter) than meant.
 * RFC 9110 section 10.2.3. `wallTime` is used where the answer has no date.
 */
export function retryAfterMs(retryAfter: string | undefined, date: string | undefined, wallTime: number): number | undefined {
  const value = retryAfter?.trim() ?? '';
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
  const until = parseHttpDate(value);
  if (until === null) return undefined;
  return Math.max(0, until - (parseHttpDate(date?.trim() ?? '') ?? wallTime));
}

function parseHttpDate(text: string): number | null {
  // asctime, the oldest form, names no zone and means GMT.
  const ms = HTTP_DATE.test(text) ? Date.parse(/GMT$/.test(text) ? text : `${text} GMT`) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}
