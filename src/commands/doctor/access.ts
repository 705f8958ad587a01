import { reasonOf } from '../../cli/advice.ts';
import type { Context } from '../../cli/command.ts';
import type { Client } from '../../client/client.ts';
import { exitCodeOf } from '../../core/exit-code.ts';
import { connect } from '../session/connect.ts';
import type { Access } from '../session/settings.ts';
import { type Finding, failed } from './finding.ts';

/** Whether the API takes the token, by the request that `list` sends; and what the token is for, where the service tells. */
export async function checkAccess(access: Access, context: Context, signal: AbortSignal): Promise<Finding[]> {
  const { clock } = context.host;
  const client = await connect(access, context);
  const startedAt = clock.now();
  const listed = await client.fetchTasks({ offset: 0, limit: 1 }, signal);
  const tookMs = clock.now() - startedAt;
  if (listed.ok) {
    const what = 'The API accepts the token';
    return [{ name: 'access', state: 'ok', what, tookMs }, await checkAccount(client, signal)];
  }
  const { failure } = listed;
  const outcome = { kind: failure.kind, failure };
  const reason = reasonOf(outcome, { kind: 'list' }, access.settings.way) ?? { what: failure.what, fix: '' };
  return [{ ...failed('access', reason, exitCodeOf(outcome)), tookMs }];
}

/** What is not told is no fault. */
async function checkAccount(client: Client, signal: AbortSignal): Promise<Finding> {
  const name = 'account';
  const asked = await client.fetchAccount(signal);
  if (!asked.ok) return { name, state: 'skipped', what: 'The service does not tell what the token is for' };
  const { isActive, plan, needsSubscription } = asked.value;
  if (isActive === false) {
    return { name, state: 'warning', what: 'The organization is not active', fix: 'check the account in the app' };
  }
  if (needsSubscription === true) {
    const fix = 'check the plan in the app: create and resume may be refused (402)';
    return { name, state: 'warning', what: `The account needs a subscription${planWords(plan)}`, fix };
  }
  return { name, state: 'ok', what: `The organization is active${planWords(plan)}` };
}

function planWords(plan: string | null): string {
  return plan === null ? '' : `, on the plan "${plan}"`;
}
