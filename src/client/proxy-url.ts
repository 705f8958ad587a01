import { type Result, usageError } from '../core/usage.ts';

/**
 * A proxy's URL. Without a scheme it is an http proxy, as with curl. The value is not repeated: it may hold a password. `name` is
 * the user's name for the setting.
 */
export function readProxyUrl(name: string, value: string): Result<URL> {
  const text = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && ['http:', 'https:'].includes(url.protocol) && isDecodable(url.username + url.password))
    return { ok: true, value: url };
  return usageError(`${name} is not a valid proxy URL`, 'set an http:// or https:// address');
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}
