import { flag } from '../../cli/option.ts';
import { GROUPS, under } from './group.ts';

/** JSON on stdout, and nothing else there. */
export function json(help: string) {
  return { json: flag({ flags: '--json', help, more: 'See [json.md](json.md).' }) };
}

/** JSON that can be passed on. */
export const redact = under(GROUPS.showing, {
  redact: flag({
    flags: '--redact',
    help: 'with --json: hide every text that a person wrote',
    more: 'The query, the criteria and excluded domains, for example: `…` stands in their place. What is left can be passed on, for a [fault report](troubleshooting.md).',
    needs: '--json',
    conflicts: ['results', 'output'],
  }),
});
