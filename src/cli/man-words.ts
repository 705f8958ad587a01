import { CONDITION_FORMS } from '../core/condition.ts';
import { DURATION_FORMS } from '../core/duration.ts';
import { TASK_NAMES } from '../core/task-reference.ts';
import { TOKENS_PAGE } from '../core/token.ts';

/** The man page's DESCRIPTION, by paragraphs. */
export const DESCRIPTION: readonly string[] = [
  "A Deep Search task finds companies for a query, enriches them with profiles and scores them against criteria. It runs on Extruct's servers for minutes, and its progress has to be polled. extruct-task creates tasks, polls them, retries through outages, and reports with its exit status how each task ended.",
  'The answer goes to standard output; progress, warnings and errors go to standard error. Stopping the program leaves the task running on the server.',
  `A task argument is ${TASK_NAMES}.`,
  `A duration is ${DURATION_FORMS}. --until takes ${CONDITION_FORMS}.`,
  'A flag takes precedence over an environment variable. An invalid value is a usage error, and nothing is sent.',
];

/** The environment variables that the program reads, with what each is for. A test looks for others in the sources. */
export const ENVIRONMENT: readonly (readonly [names: string, meaning: string])[] = [
  [
    'EXTRUCT_API_TOKEN',
    `The API token, from ${TOKENS_PAGE}. There is no flag for it, because other users of the machine can see flags.`,
  ],
  ['EXTRUCT_API_TOKEN_FILE', 'The path of a file that holds the token, if EXTRUCT_API_TOKEN is not set.'],
  [
    'EXTRUCT_API_URL',
    'The address of the API, unless --api-url sets it. http: works only for this machine, unless --insecure-http is set.',
  ],
  [
    'HTTPS_PROXY, HTTP_PROXY, NO_PROXY',
    'The proxy to use, and the hosts to reach without it. Lower-case names work too, as with curl.',
  ],
  ['NODE_EXTRA_CA_CERTS', 'A file with additional certificate authorities to trust. Node.js itself reads it.'],
  ['NODE_DEBUG', 'Refused if it makes Node.js print the token, unless --insecure-debug is set.'],
  ['DEBUG', 'If this list contains extruct-task, the same as --verbose.'],
  ['NO_COLOR, FORCE_COLOR', 'Turn colours off, or on even when the output is not a terminal. FORCE_COLOR takes precedence.'],
  [
    'COLUMNS',
    'The width of a table in a file or a pipe. Without it, a table has 100 columns, and list and results do not shorten their rows.',
  ],
  ['CI', 'If it is set, progress is written as plain lines, and the program does not prompt.'],
  [
    'TERM',
    'If it is dumb, progress is written as plain lines; if it is linux, in ASCII. It also shows which terminals support notifications.',
  ],
  ['EXTRUCT_ASCII', 'If it is set, the same as --ascii.'],
  [
    'ACCESSIBLE',
    'If it is set, progress is written as sentences for those who hear it, at most two a minute unless the state changes.',
  ],
  [
    'TERM_PROGRAM, TERM_PROGRAM_VERSION, TMUX, STY, WT_SESSION, ConEmuANSI, VTE_VERSION, KONSOLE_VERSION',
    'Show what the terminal supports: notifications (--notify), a mark of progress, how it takes a resize.',
  ],
  ['LC_ALL, LC_CTYPE, LANG', 'If the locale is not UTF-8, progress is drawn in ASCII.'],
  [
    'GITHUB_ACTIONS, GITHUB_STEP_SUMMARY, GITHUB_OUTPUT',
    'In GitHub Actions, watch reports how it ended in annotations, in the step summary and in the step outputs.',
  ],
];

/** Programs that work well with this one. */
export const SEE_ALSO: readonly string[] = ['jq', 'timeout', 'curl'];
