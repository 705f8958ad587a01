import { duration, flag, option, optional, text } from '../../cli/option.ts';
import { API_URL } from '../../client/api-url.ts';
import { REQUEST_TIMEOUT_MS, RETRY_ONCE_MS, RETRY_WATCH_MS } from '../../core/defaults.ts';
import { formatDuration } from '../../core/duration.ts';
import { GROUPS, under } from './group.ts';

/** How to reach the API. */
export const access = under(GROUPS.connecting, {
  tokenFile: optional(
    {
      flags: '--token-file <path>',
      help: 'read the token from a file, - for standard input',
      variable: 'EXTRUCT_API_TOKEN',
      otherwise: 'the file in EXTRUCT_API_TOKEN_FILE',
      more: 'There is no flag for the token itself, because other users of the machine can see flags.',
    },
    text,
  ),
  apiUrl: optional(
    {
      flags: '--api-url <url>',
      help: 'address of the API',
      variable: 'EXTRUCT_API_URL',
      otherwise: API_URL,
      more: '`http:` only to this machine (`localhost`, `127.0.0.0/8`, `[::1]`).',
    },
    text,
  ),
  insecureHttp: flag({ flags: '--insecure-http', help: 'allow http: to other machines; the token is sent unencrypted' }),
  insecureDebug: flag({
    flags: '--insecure-debug',
    help: 'allow a NODE_DEBUG with which Node.js itself prints the token',
    isHidden: true,
  }),
});

/** How long to keep retrying: for one answer, and in a watch. */
export const RETRY_ONCE = formatDuration(RETRY_ONCE_MS);
export const RETRY_WATCH = formatDuration(RETRY_WATCH_MS);

const RETRY_FOR = {
  group: GROUPS.connecting,
  flags: '--retry-for <duration>',
  help: 'keep retrying for up to this long',
  more: 'Counted from the start of the first failed request of an outage. `0` turns retries off.',
};

/** How long to wait for the whole command, and for one request. */
function timeouts(timeout: string | undefined) {
  const told = {
    flags: '--timeout <duration>',
    help: 'give up on the whole command after this long',
    more: 'It cuts waits and requests short.',
  };
  return {
    timeout:
      timeout === undefined
        ? optional({ ...told, otherwise: 'never' }, duration(1))
        : option<number | null>({ ...told, default: timeout }, duration(1)),
    requestTimeout: option(
      {
        group: GROUPS.connecting,
        flags: '--request-timeout <duration>',
        help: 'timeout per request',
        default: formatDuration(REQUEST_TIMEOUT_MS),
        more: 'From connecting to the last byte.',
      },
      duration(1),
    ),
  };
}

/** How long to wait, with the defaults of a command. */
export function limits({ retryFor, timeout }: { readonly retryFor: string; readonly timeout?: string }) {
  return { ...timeouts(timeout), retryFor: option({ ...RETRY_FOR, default: retryFor }, duration()) };
}

/** The same for a command that starts something and can then watch it. */
export const limitsOfStart = {
  ...timeouts(undefined),
  retryFor: optional({ ...RETRY_FOR, otherwise: `${RETRY_ONCE}, or ${RETRY_WATCH} with --watch` }, duration()),
};
