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
    ['extruct.ai.', true],
    ['.extruct.ai.', true],
    ['api.extruct.ai.:443', true],
    ['extruct.ai/8', false],
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

  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['10.1.2.3', '10.9.9.9/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['10.1.2.3', 'example.com,10.1.2.0/24:443', true],
    ['10.1.2.3', '10.1.2.0/24:80', false],
    ['10.1.2.3', '0.0.0.0/0', true],
    ['10.1.2.3', '10.0.0.0/33', false],
    ['10.1.2.3', '10.0.0.0/', false],
    ['10.1.2.3', '1.2.3', false],
    ['10.1.2.3', '.10.1.2.3', true],
    ['10.1.2.3', 'fd00::/8', false],
    ['[fd12::1]', 'fd00::/8', true],
    ['[fd12::1]', '[fd00::]/8', true],
    ['[fd12::1]', 'fd12:0:0::1', true],
    ['[fd12::1]', 'fd12:0:0::2', false],
    ['[fd12::1]', 'fd00::/129', false],
    ['[::1]', '::1', true],
    ['[::1]', '[::1]:443', true],
    ['[::1]', '0.0.0.0/0', false],
    ['localhost', 'localhost.', true],
    ['localhost.', 'localhost', true],
    ['localhost', '127.0.0.0/8', false],
  ])('for the host %s is passed by with NO_PROXY=%s: %s', (host, noProxy, isExempt) => {
    const url = new URL(`https://${host}`);
    expect(proxyFor(url, { HTTPS_PROXY: PROXY, NO_PROXY: noProxy }) === null).toBe(isExempt);
  });
});
