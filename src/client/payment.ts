import type { Failure, Problem } from '../core/failure.ts';
import { quoted } from './server-words.ts';

/** What each reason that the API has for a 402 means (api.md, "Refusals for the account"). */
const REASONS = [
  ['plan_required', 'Deep Search needs a paid plan'],
  ['payment_failed', 'The last payment for this account failed'],
  ['insufficient_credits', 'The account does not have enough credits'],
] as const satisfies readonly (readonly [Problem, string])[];

const OTHER = ['payment_required', 'The API asks for payment'] as const;

/** A 402: the plan or the credits are not enough. `pieces` are the server's words; one of them usually names the reason. */
export function paymentFailure(pieces: readonly string[]): Failure {
  const words = pieces.join(' ');
  const [problem, what] = REASONS.find(([name]) => new RegExp(`\\b${name}\\b`, 'i').test(words)) ?? OTHER;
  const others = pieces.filter((piece) => piece.toLowerCase() !== problem);
  return { kind: 'payment_required', problem, transient: false, what: `${what} (402)${quoted(others)}` };
}
