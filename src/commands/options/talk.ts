import { flag } from '../../cli/option.ts';
import { GROUPS, under } from './group.ts';

/** The options that every command has. */
export const colors = under(GROUPS.showing, {
  color: flag({ flags: '--color', help: 'use colours', otherwise: 'on a terminal', variable: 'FORCE_COLOR' }),
  noColor: flag({
    flags: '--no-color',
    help: 'use no colours',
    variable: 'NO_COLOR',
    more: 'Standard output and standard error are decided separately. Flags take precedence over variables, and `FORCE_COLOR` over `NO_COLOR`.',
  }),
});

/** How much is written to stderr, and in what colours and signs. */
export const talk = {
  quiet: flag({ flags: '-q, --quiet', help: 'show no progress and no notes: the same as --progress none' }),
  ...under(GROUPS.showing, {
    verbose: flag({
      flags: '-v, --verbose',
      help: 'show each request on stderr',
      variable: 'DEBUG=extruct-task',
      more: 'Also the cause of an error. The token is never shown.',
    }),
    ...colors,
    ascii: flag({
      flags: '--ascii',
      help: 'draw in ASCII, for fonts and screen readers without other signs',
      variable: 'EXTRUCT_ASCII',
      more: 'So it is where the locale is not UTF-8. With `--progress plain` the lines are sentences, as with `ACCESSIBLE`.',
    }),
  }),
};
