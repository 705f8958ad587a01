import { sanitizeLines } from '../../sanitize.ts';

/** Text as HTML shows it, in an element as well as in an attribute in double quotes: nothing in it acts. */
export function escapeHtml(text: string): string {
  return sanitizeLines(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
