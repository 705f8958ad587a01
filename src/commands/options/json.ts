import { flag } from '../../cli/option.ts';

/** JSON on stdout, and nothing else there. */
export function json(help: string) {
  return { json: flag({ flags: '--json', help, more: 'See [json.md](json.md).' }) };
}

/** JSON that can be passed on. */
export const redact = {
  redact: flag({
    flags: '--redact',
    help: 'with --json: write … for every text that a person wrote',
    more: 'Such as the query, the criteria and excluded domains. What is left can be passed on, for a [fault report](troubleshooting.md).',
    needs: '--json',
    conflicts: ['results', 'output'],
  }),
};
