import { CONDITION_FORMS } from '../core/condition.ts';
import { DURATION_FORMS } from '../core/duration.ts';
import { TASK_NAMES } from '../core/task-reference.ts';

/** The man page's DESCRIPTION, by paragraphs. */
export const DESCRIPTION: readonly string[] = [
  "A Deep Search task finds companies for a query, enriches them with profiles and scores them against criteria. It runs on Extruct's servers for minutes, and can only be asked how far it is. extruct-task creates tasks, asks, waits out whatever goes wrong on the way, and tells by its exit status how the task ended.",
  'The answer is written to standard output; progress, warnings and errors are written to standard error. Stopping the program leaves the task running on the server.',
  `A task is named by ${TASK_NAMES}.`,
  `A duration is ${DURATION_FORMS}. With --until goes ${CONDITION_FORMS}.`,
  'A flag beats the environment. A value that is not allowed is a usage error, and nothing is sent.',
];

/** The variables that are read, by what they are for. A test looks for others in the sources. */
export const ENVIRONMENT: readonly (readonly [names: string, meaning: string])[] = [
  ['EXTRUCT_API_TOKEN', 'The token. It is never taken from a flag, which other users of the machine could see.'],
  ['EXTRUCT_API_URL', 'Where the API is, unless --api-url is given. http: is allowed to this machine only.'],
  [
    'HTTPS_PROXY, HTTP_PROXY, NO_PROXY',
    'The proxy to go through, and the hosts to reach without it; in lower case as well, as with curl.',
  ],
  ['NODE_EXTRA_CA_CERTS', 'A file with further certificate authorities to trust, read by Node.js itself.'],
  ['NODE_DEBUG', 'Refused where it would make Node.js print the token, unless --insecure-debug is given.'],
  ['DEBUG', 'With extruct-task among its words, the same as --verbose.'],
  ['NO_COLOR, FORCE_COLOR', 'No colours, or colours even where no terminal is written to; the latter goes before the former.'],
  ['COLUMNS', 'The width of a table that goes to a file or a pipe. Without it, 100 columns; rows of list and results are whole.'],
  ['CI', 'Where it is set, progress is written as plain lines, and nothing is asked for.'],
  ['TERM', 'With dumb, progress is written as plain lines; with linux, in ASCII. It also tells which terminals can notify.'],
  ['TERM_PROGRAM, TMUX, STY', 'Tell whether the terminal can notify (--notify).'],
  ['LC_ALL, LC_CTYPE, LANG', 'Where the locale has no UTF-8, progress is drawn in ASCII.'],
  [
    'GITHUB_ACTIONS, GITHUB_STEP_SUMMARY, GITHUB_OUTPUT',
    'In GitHub Actions, the end of a watch is told in annotations, in the summary and in the outputs of the step.',
  ],
];

/** Programs that go well with this one. */
export const SEE_ALSO: readonly string[] = ['jq', 'timeout', 'curl'];
