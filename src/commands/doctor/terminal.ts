import { isColored } from '../../cli/color.ts';
import type { Host, OutputStream } from '../../host.ts';
import type { Check } from '../../render/checks.ts';
import { hasUnicode, isSet } from '../../render/environment.ts';
import { isCi } from '../session/screen.ts';
import { decideProgress } from '../watch/settings.ts';

/** Fewer columns than this are not drawn on well. */
const FEWEST_COLUMNS = 20;

/** The terminal, and what `watch` will do with it. */
export function checkTerminal(host: Host): Check[] {
  const { stderr, env } = host;
  const { columns = 0, rows = 0 } = stderr;
  const isNarrow = columns > 0 && columns < FEWEST_COLUMNS;
  const colors = (stream: OutputStream) => (isColored(stream, host) ? 'on' : 'off');
  return [
    stderr.isTTY === true
      ? {
          name: 'terminal',
          state: isNarrow ? 'warning' : 'ok',
          what: columns > 0 ? `${columns} columns, ${rows} rows` : 'It does not tell its size',
          ...(isNarrow ? { fix: `make it at least ${FEWEST_COLUMNS} columns wide` } : {}),
        }
      : { name: 'terminal', state: 'skipped', what: 'Standard error is no terminal' },
    {
      name: 'colours',
      state: 'ok',
      what: `standard output: ${colors(host.stdout)}, standard error: ${colors(stderr)}`,
    },
    checkCharacters(env),
    { name: 'progress', state: 'ok', what: progressWords(host) },
  ];
}

function checkCharacters(env: Host['env']): Check {
  const name = 'characters';
  if (hasUnicode(env)) return { name, state: 'ok', what: 'UTF-8' };
  if (isSet(env.EXTRUCT_ASCII)) return { name, state: 'ok', what: 'ASCII is drawn, because EXTRUCT_ASCII is set' };
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  const cause = env.TERM === 'linux' ? 'The Linux console has no bars' : `The locale '${locale}' is not UTF-8`;
  const fix = 'set LANG to a UTF-8 locale, such as C.UTF-8, if the terminal shows it';
  return { name, state: 'warning', what: `${cause}: ASCII is drawn`, fix };
}

/** What `watch` does with the terminal, and why. */
function progressWords(host: Host): string {
  switch (decideProgress('auto', host, isSet(host.env.EXTRUCT_ASCII))) {
    case 'live':
      return 'watch draws the live view';
    case 'spoken':
      return 'watch writes sentences, because ACCESSIBLE is set';
    default: {
      const isTerminal = host.stderr.isTTY === true;
      return `watch writes plain lines, because ${isTerminal ? (isCi(host.env) ? 'CI is set' : 'TERM is dumb') : 'standard error is no terminal'}`;
    }
  }
}
