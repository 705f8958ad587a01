import type { Failure, Reason } from '../core/failure.ts';
import { quoted } from './server-words.ts';

/** What each reason that the API has for a 402 means (api.md, "Refusals for the account"). */
const BY_REASON: Readonly<Record<string, Reason>> = {
  plan_required: {
    what: 'Deep Search needs a paid plan',
    fix: 'upgrade the plan in the app, and run the command again',
  },
  payment_failed: {
    what: 'The last payment for this account failed',
    fix: 'fix the payment in the app, and run the command again',
  },
  insufficient_credits: {
    what: 'The account does not have enough credits',
    fix: 'top up, or wait until the credits reset, and run the command again',
  },
};

const REASON = new RegExp(`\\b(?:${Object.keys(BY_REASON).join('|')})\\b`, 'i');

/** A 402: the plan or the credits are not enough. `pieces` are the server's words, of which one names the reason, as a rule. */
export function paymentFailure(pieces: readonly string[]): Failure {
  const name = REASON.exec(pieces.join(' '))?.[0].toLowerCase() ?? '';
  const { what, fix } = BY_REASON[name] ?? {
    what: 'The API asks for payment',
    fix: 'check the plan and the credits in the app, and run the command again',
  };
  const others = pieces.filter((piece) => piece.toLowerCase() !== name);
  return { kind: 'payment_required', transient: false, what: `${what} (402)${quoted(others)}`, fix };
}
