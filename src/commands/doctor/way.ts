import { reasonOf } from '../../cli/advice.ts';
import { type Probe, probe } from '../../client/probe.ts';
import type { Connection } from '../../client/send.ts';
import { UNEXPECTED } from '../../core/exit-code.ts';
import type { Failure, Reason } from '../../core/failure.ts';
import type { Host } from '../../host.ts';
import { checkClock } from './clock.ts';
import { type Finding, failed } from './finding.ts';
import { checkName } from './name.ts';

/** Needs no token, and need not be there: any answer shows that the way is open. */
const HEALTH_PATH = '/v1/healthcheck';

/** What happened and what to do, with who signed a certificate that is not trusted. */
function reasonFor(failure: Failure, secured: Probe['secured']): Reason {
  const reason = reasonOf({ kind: failure.kind, failure }, { kind: 'list' }, '') ?? { what: failure.what, fix: '' };
  return secured ? { ...reason, what: `${reason.what}; it is signed by ${secured.issuer}` } : reason;
}

/** The way to the API, step by step: name, connection or tunnel, TLS, answer, clock. It ends where it is blocked. */
export async function checkWay(connection: Connection, host: Host, signal: AbortSignal): Promise<Finding[]> {
  const { apiUrl, proxy } = connection;
  const name = await checkName((proxy ?? apiUrl).hostname, host);
  if (name.state === 'failed' || signal.aborted) return [name];
  const probed = await probe(connection, HEALTH_PATH, host.clock, signal);
  const isUntrusted = probed.failure?.problem === 'certificate';
  const certified = isUntrusted ? await probe(connection, HEALTH_PATH, host.clock, signal, true) : probed;
  return [name, ...stepsOf(connection, probed, certified)];
}

function stepsOf({ apiUrl, proxy }: Connection, probed: Probe, { secured: certificate }: Probe): Finding[] {
  const { connected, secured, answered, failure } = probed;
  const isPlain = apiUrl.protocol === 'http:';
  const steps: Finding[] = [];
  if (connected) {
    const what = proxy ? `The proxy ${proxy.host} makes a tunnel to ${apiUrl.host}` : `${connected.address} takes connections`;
    steps.push({ name: 'connection', state: 'ok', what, tookMs: connected.tookMs });
    if (isPlain) steps.push({ name: 'tls', state: 'skipped', what: 'http: is not encrypted' });
  }
  if (secured) {
    const { protocol, issuer, validUntil, tookMs } = secured;
    steps.push({
      name: 'tls',
      state: 'ok',
      what: `${protocol}, certificate signed by ${issuer}, valid until ${validUntil}`,
      tookMs,
    });
  }
  if (failure) {
    const step = !connected ? 'connection' : secured || isPlain ? 'answer' : 'tls';
    return [...steps, failed(step, reasonFor(failure, secured ? undefined : certificate), UNEXPECTED)];
  }
  if (!answered) return steps;
  const { status, tookMs } = answered;
  const what = `${apiUrl.host} answers (${status})`;
  const answer: Finding =
    status < 500
      ? { name: 'answer', state: 'ok', what, tookMs }
      : { name: 'answer', state: 'warning', what, fix: 'check the service, and try again later', tookMs };
  return [...steps, answer, checkClock(answered)];
}
