import type { Agents } from 'got';

type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy as the environment names it. The URL may hold a user and password: it is not for showing. */
interface ProxySetting {
  readonly variable: string;
  readonly url: string;
}

/**
 * The proxy to send requests for `url` through, or null for none: `HTTPS_PROXY` or `HTTP_PROXY` by the URL's scheme, in
 * lower case first as with curl, unless `NO_PROXY` names the host. Loopback is no exception (contract, "Where it runs").
 */
export function proxyFor(url: URL, env: Environment): ProxySetting | null {
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const variable = env[name] ? name : name.toUpperCase();
  const proxy = env[variable];
  return proxy && !isExempt(url, env.no_proxy || env.NO_PROXY || '') ? { variable, url: proxy } : null;
}

/** `NO_PROXY` as curl reads it: hosts by comma, a host stands for its subdomains too, `*` for all, a port narrows. */
function isExempt(url: URL, noProxy: string): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      const [, host = '', entryPort = port] = /^(?:\*?\.)?(\[[^\]]*\]|[^:]+|[\da-f:]+)(?::(\d+))?$/.exec(entry) ?? [];
      const named = url.hostname === host || url.hostname === `[${host}]` || url.hostname.endsWith(`.${host}`);
      return entry === '*' || (host !== '' && named && entryPort === port);
    });
}

/**
 * got's agents for a proxy, which got itself knows nothing of: CONNECT for https, the absolute form for http
 * (RFC 9112 section 3.2.2). Loaded only when a proxy is set. The user info travels as a header, because the agents'
 * debug output prints their URL.
 */
export async function proxyAgents(proxy: URL, maxSockets: number): Promise<Agents> {
  const { HttpProxyAgent } = await import('http-proxy-agent');
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  const url = new URL(proxy);
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const headers = user === ':' ? {} : { 'Proxy-Authorization': `Basic ${Buffer.from(user).toString('base64')}` };
  url.username = '';
  url.password = '';
  const options = { keepAlive: true, maxSockets, headers };
  return { http: new HttpProxyAgent(url, options), https: new HttpsProxyAgent(url, options) };
}
