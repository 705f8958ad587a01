import { isColored } from '../../cli/color.ts';
import type { Call, Context, Ending } from '../../cli/command.ts';
import { beforeDeadline } from '../../cli/deadline.ts';
import { hideToken } from '../../cli/hide-token.ts';
import { formatDuration } from '../../core/duration.ts';
import { TIMED_OUT, USAGE } from '../../core/exit-code.ts';
import { createGate } from '../../core/gate.ts';
import type { Outcome } from '../../core/outcome.ts';
import { checksJson, writeChecks } from '../../render/checks.ts';
import { hasUnicode } from '../../render/environment.ts';
import { paintOf } from '../../render/paint.ts';
import { userAgent, version } from '../../version.ts';
import { endWith } from '../session/report.ts';
import { type Access, readSettings, type Settings } from '../session/settings.ts';
import { listenForStop } from '../session/stop.ts';
import { checkAccess } from './access.ts';
import { asWarnings, type Finding, failed } from './finding.ts';
import { checkMachine } from './machine.ts';
import { checkSettings } from './settings.ts';
import type { options } from './spec.ts';
import { checkTerminal } from './terminal.ts';
import { checkToken } from './token.ts';
import { checkWay } from './way.ts';

const AFTERWARDS = {
  unfinished: 'Not everything was checked',
  meanwhile: 'not everything was checked',
  fix: 'run `extruct-task doctor` again',
};

/** `doctor`: checks all that a watch needs. It ends with 0, or with the code that the watch would end with. */
export async function runDoctor(call: Call<typeof options>): Promise<Ending> {
  const { values, context } = call;
  const settings = readSettings(values, context.host);
  const here = [checkMachine(context.host)];
  const terminal = checkTerminal(context.host);
  if (!settings.ok) {
    await hideToken(context);
    const refused = settings.reasons.map((reason) => failed('settings', reason, USAGE));
    return report([...here, ...refused, ...terminal], call);
  }
  const access = { settings: settings.value, token: '', gate: createGate(context.host) };
  const { signal, release } = listenForStop(context, settings.value, () => AFTERWARDS);
  try {
    const local = [...here, ...checkSettings(settings.value, values.apiUrl, context.host)];
    const remote = await checkRemote(access, values.tokenFile ?? undefined, context, signal);
    const ending = report([...local, ...remote, ...terminal], call);
    return signal.aborted ? endWith(signal.reason as Outcome, { kind: 'list' }, access, context) : ending;
  } finally {
    release();
  }
}

/** The token, the way to the API, and whether the one is taken at the end of the other. */
async function checkRemote(
  access: Access,
  tokenFile: string | undefined,
  context: Context,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { settings } = access;
  const reading = beforeDeadline(checkToken(tokenFile, context), settings.deadline, context.host);
  const { token, findings } = (await reading) ?? lateToken(settings);
  const way = await checkWay({ ...settings, token: '', userAgent }, context.host, signal);
  if (token === '' || signal.aborted) return [...findings, ...way];
  const taken = await checkAccess({ ...access, token }, context, signal);
  const isOpen = taken.every(({ state }) => state !== 'failed');
  return [...findings, ...(isOpen ? asWarnings(way) : way), ...taken];
}

/** The file that it is to be read from may be a pipe into which nobody writes. */
function lateToken({ timeoutMs }: Settings): Awaited<ReturnType<typeof checkToken>> {
  const what = `The token did not come within ${formatDuration(timeoutMs)} (--timeout)`;
  return {
    token: '',
    findings: [failed('token', { what, fix: 'check the file or the pipe, or set a longer --timeout' }, TIMED_OUT)],
  };
}

/** Writes the report; gives the exit code that it comes to. */
function report(findings: readonly Finding[], { values, context }: Call<typeof options>): number {
  const { host, stdout } = context;
  const code = findings.find(({ state }) => state === 'failed')?.code ?? 0;
  const checks = findings.map(({ code: _, ...check }) => check);
  if (values.json) {
    const { node, platform } = host.machine;
    const about = { version, node, platform, exit_code: code };
    stdout.write(checksJson(about, checks, host.stdout.isTTY === true));
  } else writeChecks(stdout, checks, !values.ascii && hasUnicode(host.env), paintOf(isColored(host.stdout, host)));
  return code;
}
