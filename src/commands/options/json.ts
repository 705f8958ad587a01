import { flag } from '../../cli/option.ts';

/** JSON on stdout, and nothing else there. */
export function json(help: string) {
  return { json: flag({ flags: '--json', help, more: 'See [json.md](json.md).' }) };
}
