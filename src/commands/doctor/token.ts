import type { Context } from '../../cli/command.ts';
import { NO_TOKEN, USAGE } from '../../core/exit-code.ts';
import { NO_TOKEN_REASON, readToken } from '../session/token.ts';
import { type Finding, failed } from './finding.ts';

/** The token, empty where there is none that can be sent, and what was found about it. Nothing of it is shown. */
export async function checkToken(
  flag: string | undefined,
  { host, hide }: Context,
): Promise<{ readonly token: string; readonly findings: readonly Finding[] }> {
  const warnings: Finding[] = [];
  const read = await readToken(flag, host, (what) => warnings.push({ name: 'token', state: 'warning', what }));
  if (!read.ok) return { token: '', findings: [...warnings, ...read.reasons.map((reason) => failed('token', reason, USAGE))] };
  hide(read.value);
  if (read.value === '') return { token: '', findings: [...warnings, failed('token', NO_TOKEN_REASON, NO_TOKEN)] };
  const { EXTRUCT_API_TOKEN: token = '' } = host.env;
  const source = flag !== undefined ? '--token-file' : token.trim() !== '' ? 'EXTRUCT_API_TOKEN' : 'EXTRUCT_API_TOKEN_FILE';
  return {
    token: read.value,
    findings: [...warnings, { name: 'token', state: 'ok', what: `There, and well formed (from ${source})` }],
  };
}
