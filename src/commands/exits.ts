import type { Exit } from '../cli/command.ts';
import { codeOf, SIGNAL_CODES, UNEXPECTED, USAGE } from '../core/exit-code.ts';

/*
 * What each exit code means, for the help of commands and the man page. The numbers come only from the core's table.
 */

const { SIGHUP, SIGINT, SIGTERM, SIGPIPE } = SIGNAL_CODES;

export const DONE: Exit = { code: codeOf('done'), meaning: 'done, or an --until condition holds' };
export const STARTED: Exit = { code: codeOf('done'), meaning: 'the request succeeded; with --watch, the exit code of watch' };
export const ANSWERED: Exit = { code: codeOf('done'), meaning: 'the API answered, even with an empty list' };
export const WELL: Exit = { code: codeOf('done'), meaning: 'nothing failed' };
export const LOST: Exit = { code: codeOf('unreachable'), meaning: 'no usable answer: outage, invalid answer or redirect' };
export const NOT_DONE: Exit = { code: UNEXPECTED, meaning: 'rejected, or the answer was lost (it is not sent twice)' };
export const NO_PORT: Exit = { code: UNEXPECTED, meaning: 'the port cannot be used' };
export const PRINTED: Exit = { code: codeOf('done'), meaning: 'the script is printed' };
export const BAD_USAGE: Exit = { code: USAGE, meaning: 'usage error: nothing was sent' };
export const FAILED: Exit = { code: codeOf('failed'), meaning: 'the task failed' };
export const REFUSED: Exit = { code: codeOf('unauthorized'), meaning: 'token missing or refused; plan or credits insufficient' };
export const EXHAUSTED: Exit = { code: codeOf('exhausted'), meaning: 'exhausted: the sources ran dry before the target' };
export const MISSING: Exit = { code: codeOf('not_found'), meaning: 'no such task' };
export const WRONG_ADDRESS: Exit = { code: codeOf('not_found'), meaning: 'the API is not at this address' };
export const NOT_THERE: Exit = {
  code: codeOf('not_found'),
  meaning: `${MISSING.meaning} to take over or to exclude, or ${WRONG_ADDRESS.meaning}`,
};
export const STALLED: Exit = { code: codeOf('stalled'), meaning: 'stalled: nothing changed for --stall-timeout' };
export const RUNNING: Exit = { code: codeOf('running'), meaning: 'still running' };
export const TIMED_OUT: Exit = { code: codeOf('timed_out'), meaning: 'timed out (--timeout)' };
export const STOPPED: Exit = { code: SIGINT, meaning: `stopped by Ctrl-C (${SIGHUP} SIGHUP, ${SIGTERM} SIGTERM)` };
export const CLOSED: Exit = { code: SIGPIPE, meaning: 'output pipe closed' };
