import type { ChalkInstance } from 'chalk';
import { type Company, isMet } from '../../core/company.ts';

/** Stands for an unknown value. */
export const NOTHING = '-';

/** What a company is called, by its id where the API does not tell its name. */
export function companyName({ name, id }: Company): string {
  return name || id || NOTHING;
}

/** A grade as it is shown; the number tells it without its colour. */
export function gradeWords(grade: number | null): string {
  return grade === null ? NOTHING : String(grade);
}

/** Met, not met, or in between. */
export function paintGrade(grade: number | null, text: string, paint: ChalkInstance): string {
  if (grade === null) return text;
  if (isMet(grade)) return paint.green(text);
  return grade >= 3 ? paint.magenta(text) : paint.red(text);
}
