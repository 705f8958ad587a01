import type { ParsedJson } from './mend-json.ts';
import { type Fields, isFields, textIn } from './shown.ts';

/** What the service tells of the account that a token belongs to; null for what it does not. */
export interface Account {
  readonly isActive: boolean | null;
  readonly plan: string | null;
  /** Whether it needs a subscription. */
  readonly needsSubscription: boolean | null;
}

/** Reads an account from an answer's JSON; null where it tells nothing of one. The endpoint is not documented: nothing is relied on. */
export function parseAccount({ value }: ParsedJson): Account | null {
  if (!isFields(value) || !(isFields(value.user) || isFields(value.subscription))) return null;
  const user = isFields(value.user) ? value.user : {};
  const subscription = isFields(value.subscription) ? value.subscription : {};
  return {
    isActive: flagIn(user, 'organization_is_active'),
    plan: textIn(subscription, 'plan_tier'),
    needsSubscription: flagIn(subscription, 'requires_subscription'),
  };
}

function flagIn(fields: Fields, name: string): boolean | null {
  const value = fields[name];
  return typeof value === 'boolean' ? value : null;
}
