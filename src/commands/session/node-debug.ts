import type { Host } from '../../host.ts';

/** The sections of Node's own debug output that print what is sent, the token with it. */
const TELLING_SECTIONS = ['http', 'https', 'http2', 'net'];

/**
 * Whether `NODE_DEBUG` makes Node.js print the token on stderr. Read as Node reads it: section names by comma, in either
 * case, `*` for anything.
 */
export function printsToken({ NODE_DEBUG = '' }: Host['env']): boolean {
  return NODE_DEBUG.split(',').some((name) => {
    const pattern = name.replace(/[^\w*]/g, '\\$&').replaceAll('*', '.*');
    return TELLING_SECTIONS.some((section) => new RegExp(`^${pattern}$`, 'i').test(section));
  });
}
