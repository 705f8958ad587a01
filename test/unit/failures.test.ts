import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { brokenRequest } from '../../src/client/failures.ts';
import { OUT_OF_TIME } from '../../src/client/limit.ts';

const broken = (code: string, message = 'oh', proxy: string | null = null, hadSocket = true) =>
  brokenRequest(
    { error: Object.assign(new Error(message), { code }), unsent: false, hadSocket },
    { host: 'a.example', proxy },
    30_000,
  );

describe('a request that broke', () => {
  it.each([
    ['ECONNREFUSED', 'a.example refused the connection'],
    ['EAI_AGAIN', 'a.example could not be looked up: DNS did not answer'],
    ['ENETUNREACH', 'a.example cannot be reached: no network'],
    ['EPERM', 'a.example cannot be reached: this machine does not allow the connection'],
    ['EMFILE', 'a.example could not be asked: this process has too many open files'],
    [OUT_OF_TIME, 'a.example did not answer within 30s'],
    ['ETIMEDOUT', 'a.example cannot be reached: it does not answer'],
    ['HPE_INVALID_METHOD', 'a.example sent something that is not HTTP'],
    ['Z_BUF_ERROR', 'a.example sent a compressed answer that cannot be decompressed'],
    ['ERR_NEW_IN_NODE_40', 'a.example sent no usable answer (ERR_NEW_IN_NODE_40)'],
  ])('%s is told in words, and asked again', (code, what) => {
    expect(broken(code)).toMatchObject({ kind: 'unreachable', transient: true, what, cause: `${code}: oh` });
  });

  it.each(['EMFILE', 'ENFILE'])('%s is the fault of this machine', (code) => {
    expect(broken(code).problem).toBe('too_many_files');
  });

  it.each(['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
    '%s is a certificate, and final',
    (code) => {
      expect(broken(code)).toMatchObject({
        kind: 'unreachable',
        transient: false,
        problem: 'certificate',
      });
    },
  );

  it.each([
    ['a proxy’s 503', 'Bad response: 503', true, 'outage'],
    ['a proxy’s 407', 'Bad response: 407', false, 'proxy_login'],
    ['a proxy’s 403', 'Bad response: 403', false, 'proxy_rules'],
  ])('by %s is told as the proxy’s', (_what, message, transient, problem) => {
    const failure = brokenRequest(
      { error: new Error(message), unsent: true, hadSocket: false },
      { host: 'a.example', proxy: 'p.example:3128' },
      30_000,
    );
    expect(failure).toMatchObject({ transient, problem, what: expect.stringContaining('The proxy p.example:3128') });
    expect(failure).not.toHaveProperty('status');
  });

  it.each([
    ['ECONNREFUSED', false, 'The proxy p.example:3128 refused the connection'],
    ['ENOTFOUND', false, 'The proxy p.example:3128 was not found in DNS'],
    ['EPROTO', false, 'The proxy p.example:3128 does not speak TLS, or not a compatible version'],
    ['CERT_HAS_EXPIRED', false, 'The certificate of the proxy p.example:3128 cannot be trusted (CERT_HAS_EXPIRED)'],
    [
      'CERT_HAS_EXPIRED',
      true,
      'The certificate of a.example (through the proxy p.example:3128) cannot be trusted (CERT_HAS_EXPIRED)',
    ],
    // It may not have reached the host.
    ['ECONNRESET', false, 'a.example (through the proxy p.example:3128) closed the connection'],
    ['ECONNRESET', true, 'a.example (through the proxy p.example:3128) closed the connection'],
  ])('behind a proxy, by %s with a tunnel: %s, names who it was', (code, hadTunnel, what) => {
    expect(broken(code, 'oh', 'p.example:3128', hadTunnel)).toMatchObject({ what });
  });

  it('keeps nothing of the error but its words: got’s holds the headers, and with them the token', () => {
    const error = Object.assign(new Error('oh'), { code: 'ECONNRESET', options: { headers: { authorization: 'Bearer tok-1' } } });
    const failure = brokenRequest({ error, unsent: false, hadSocket: true }, { host: 'a.example', proxy: null }, 30_000);
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain('tok-1');
  });
});
