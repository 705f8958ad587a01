import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import type { PeerCertificate } from 'node:tls';
import type { Agents } from 'got';

type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy as the environment names it. The URL may hold a user and password: it is not for showing. */
interface ProxySetting {
  readonly variable: string;
  readonly url: string;
}

/**
 * The proxy to send requests for `url` through, or null for none: `HTTPS_PROXY` or `HTTP_PROXY` by the URL's scheme, in
 * lower case first as with curl, unless `NO_PROXY` contains the host. Loopback is no exception (contract, "Where it runs").
 */
export function proxyFor(url: URL, env: Environment): ProxySetting | null {
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const variable = env[name] ? name : name.toUpperCase();
  const proxy = env[variable];
  return proxy && !isExempt(url, env.no_proxy || env.NO_PROXY || '') ? { variable, url: proxy } : null;
}

/** Behind an optional `*.` or `.`: a host, or an address, which may be a range; then an optional port. */
const NO_PROXY_ENTRY = /^(?:\*?\.)?(?:\[([^\]]*)\]|([^:/]+)|([\da-f:.]+))(?:\/(\d{1,3}))?(?::(\d+))?$/;

/** `NO_PROXY` as curl reads it: hosts by comma, a host stands for its subdomains too, `*` for all, a port narrows. */
function isExempt(url: URL, noProxy: string): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const host = withoutLastDot(unbracketed(url.hostname));
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      const [, bracketed, plain, ipv6 = '', bits, entryPort = port] = NO_PROXY_ENTRY.exec(entry) ?? [];
      const name = withoutLastDot(bracketed ?? plain ?? ipv6);
      return entry === '*' || (name !== '' && entryPort === port && covers(name, bits, host));
    });
}

function covers(name: string, bits: string | undefined, host: string): boolean {
  if (isIP(host) !== 0) return isInRange(host, name, bits);
  return bits === undefined && (host === name || host.endsWith(`.${name}`));
}

/** Whether an address is in a range such as 10.0.0.0/8, or is the address itself, however that is written. */
function isInRange(address: string, network: string, bits: string | undefined): boolean {
  const longest = isIPv6(network) ? 128 : 32;
  if (isIP(network) === 0 || Number(bits) > longest) return false;
  const range = new BlockList();
  range.addSubnet(network, Number(bits ?? longest), familyOf(network));
  return range.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

/** A dot at the end says that the name is whole: it names the same host. */
function withoutLastDot(name: string): string {
  return name.replace(/\.$/, '');
}

/**
 * got's agents for a proxy, because got does not support one. Everything goes through a tunnel (CONNECT, RFC 9110 section
 * 9.3.6), so that the proxy cannot see the token or the answers. Loaded only when a proxy is set. `timeout` is how long a
 * tunnel may stay silent, in milliseconds, while it is made as well: a proxy that never answers must not keep its socket for ever.
 */
export async function proxyAgents(proxy: URL, agentOptions: { keepAlive: boolean; timeout: number }): Promise<Agents> {
  const { HttpProxyAgent, HttpsProxyAgent } = await import('hpagent');
  const { lookup: lookUp } = await import('node:dns');
  const lookup: LookupFunction = (hostname, options, done) => lookUp(unbracketed(hostname), options, done);
  const isSecure = proxy.protocol === 'https:';
  const proxyRequestOptions = { headers: {}, lookup, ...(isSecure ? await secureOptions(proxy) : {}) };
  const options = { ...agentOptions, proxy: isSecure ? withoutServerName(proxy) : proxy, proxyRequestOptions };
  return { http: new HttpProxyAgent(options), https: new HttpsProxyAgent(options) };
}

/** How to know a proxy by its certificate. An address is none of the names that TLS asks for (RFC 6066 section 3). */
async function secureOptions({ hostname }: URL) {
  const { checkServerIdentity } = await import('node:tls');
  const address = unbracketed(hostname);
  return {
    servername: isIP(address) === 0 ? hostname : '',
    checkServerIdentity: (host: string, certificate: PeerCertificate) => checkServerIdentity(unbracketed(host), certificate),
  };
}

/** The same proxy, for hpagent: it asks by TLS of any scheme but `http:`, and of `https:` with the host as the name, an address too. */
function withoutServerName(proxy: URL): URL {
  return Object.assign(new URL(proxy), { protocol: 'wss:' });
}

/** A URL writes an IPv6 address in brackets. */
function unbracketed(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The proxy's status where it would not make the tunnel, from the message of the agent's error; null for any other error. */
export function proxyRefusal(message: string): number | null {
  const status = /^Bad response: (\d{3})$/.exec(message)?.[1];
  return status === undefined ? null : Number(status);
}
