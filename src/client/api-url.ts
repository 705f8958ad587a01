import { type Result, usageError } from '../core/usage.ts';

/** The API's address, unless the user sets another one. */
export const API_URL = 'https://api.extruct.ai';

/** Whether this is the API behind the app, where each task has its page. */
export function isBehindApp({ hostname }: URL): boolean {
  return hostname === new URL(API_URL).hostname;
}

/**
 * The API's address: https, or http if the token stays on this machine. `name` is the user's name for the setting;
 * `overHttp` is what to do if http leads to another machine, or null to allow that. A text with user info is not repeated: it is a
 * secret.
 */
export function readApiUrl(name: string, text: string, overHttp: string | null): Result<URL> {
  const url = URL.canParse(text) ? new URL(text) : null;
  // This machine, whatever a name service would make of it.
  if (url?.hostname === 'localhost.') url.hostname = 'localhost';
  if (url?.username || url?.password)
    return usageError(`${name} contains a user or password`, 'set it without them, because only the token is sent');
  const refuse = (wish: string) => usageError(`${name} cannot be '${/[@?#]/.test(text) ? '…' : text}'`, wish);
  if (url && /[?#]/.test(url.href)) return usageError(`${name} contains a query or a fragment`, 'set only the address');
  if (!url || !['https:', 'http:'].includes(url.protocol)) return refuse(`set an https:// address, such as ${API_URL}`);
  if (url.protocol === 'http:' && overHttp !== null && !isLoopback(url.hostname)) return refuse(overHttp);
  // Each path begins with it, so an address that was copied with it means the same.
  url.pathname = url.pathname.replace(/\/v1\/*$/, '');
  return { ok: true, value: url };
}

/** Whether it is this machine. `hostname` is a URL's, which writes every form of an IPv4 address in the dotted one. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
