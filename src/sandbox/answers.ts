import type { Fault } from './plans.ts';
import type { Problem } from './problems.ts';

/** What comes back of a request: an answer, or nothing but a reset connection. */
export type Answer =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string }
  | 'reset';

/** An answer in JSON. */
export function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, text: JSON.stringify(body) };
}

/** Why an account is refused. */
interface Refusal {
  /** A word for programs. */
  readonly error: string;
  readonly message: string;
}

/** An error, as FastAPI tells it. */
export function error(
  status: number,
  detail: string | readonly Problem[] | Refusal,
  headers?: Readonly<Record<string, string>>,
): Answer {
  return json(status, { detail }, headers);
}

/** What a fault makes of an answer. */
export function faulty(fault: Fault): Answer {
  switch (fault) {
    case 'reset':
      return 'reset';
    case 'bad_gateway':
      return {
        status: 502,
        headers: { 'content-type': 'text/html' },
        text: '<html><body><h1>502 Bad Gateway</h1></body></html>',
      };
    case 'rate_limited':
      return error(429, 'Too Many Requests', { 'retry-after': '1' });
  }
}
