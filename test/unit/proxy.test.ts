import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../src/client/proxy.ts';

const api = new URL('https://api.extruct.ai');
const loopback = new URL('http://127.0.0.1:8787');
const PROXY = 'http://proxy.example:3128';

describe('the proxy', () => {
  it.each([
    [api, { HTTPS_PROXY: PROXY }, PROXY],
    [api, { https_proxy: PROXY }, PROXY],
    [api, { https_proxy: PROXY, HTTPS_PROXY: 'http://other' }, PROXY],
    [api, { HTTP_PROXY: PROXY }, null],
    [loopback, { HTTP_PROXY: PROXY }, PROXY],
    [loopback, { http_proxy: PROXY }, PROXY],
    [api, { HTTPS_PROXY: '' }, null],
    [api, {}, null],
  ])('for %s with %j is %s', (url, env, proxy) => {
    expect(proxyFor(url, env)?.url ?? null).toBe(proxy);
  });

  it.each([
    ['*', true],
    ['api.extruct.ai', true],
    ['API.extruct.AI', true],
    ['extruct.ai', true],
    ['.extruct.ai', true],
    ['*.extruct.ai', true],
    ['example.com, extruct.ai', true],
    ['example.com extruct.ai', true],
    ['api.extruct.ai:443', true],
    ['api.extruct.ai:8443', false],
    ['truct.ai', false],
    ['i.extruct.ai', false],
    ['example.com', false],
    ['', false],
  ])('is passed by with NO_PROXY=%j: %s', (noProxy, isExempt) => {
    expect(proxyFor(api, { HTTPS_PROXY: PROXY, NO_PROXY: noProxy })).toEqual(
      isExempt ? null : { variable: 'HTTPS_PROXY', url: PROXY },
    );
  });

  it.each(['127.0.0.1', '127.0.0.1:8787'])('can be passed by on loopback with no_proxy=%s', (noProxy) => {
    expect(proxyFor(loopback, { HTTP_PROXY: PROXY, no_proxy: noProxy })).toBeNull();
  });

  it('is not passed by for the end of an address, which names no domain', () => {
    expect(proxyFor(loopback, { HTTP_PROXY: PROXY, NO_PROXY: '0.0.1' })?.url).toBe(PROXY);
  });

  it('can be passed by for an IPv6 address', () => {
    expect(proxyFor(new URL('http://[::1]:80'), { HTTP_PROXY: PROXY, NO_PROXY: '[::1]' })).toBeNull();
    expect(proxyFor(new URL('http://[::1]:80'), { HTTP_PROXY: PROXY, NO_PROXY: '::1' })).toBeNull();
  });
});
