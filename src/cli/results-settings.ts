import * as z from 'zod/mini';
import type { ResultsWish } from '../commands/results.ts';
import type { Result } from '../core/usage.ts';
import { flag, off, readFlags, wholeNumber } from './flag.ts';
import type { Flags } from './program.ts';

const minGrade = flag(readMinGrade, "set a criterion's key and a grade from 1 to 5, such as solar=4");

const resultsFlags = z.object({
  json: off,
  csv: off,
  markdown: off,
  wide: off,
  explain: off,
  offset: z.prefault(wholeNumber(0, Number.MAX_SAFE_INTEGER), '0'),
  limit: z.optional(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
  minRelevance: z.optional(wholeNumber(0, 100)),
  minGrade: z._default(z.array(minGrade), []),
});

/** Reads the flags of `results`; every default of that command lives here. */
export function readResultsWish(flags: Flags): Result<ResultsWish> {
  const read = readFlags(resultsFlags, flags);
  if (!read.ok) return read;
  const { json, csv, markdown, wide, explain, offset, limit, minRelevance = null, minGrade } = read.value;
  return {
    ok: true,
    value: {
      format: json ? 'json' : csv ? 'csv' : markdown ? 'markdown' : 'table',
      wide,
      explain,
      offset,
      limit: limit ?? Number.POSITIVE_INFINITY,
      filter: minRelevance === null && minGrade.length === 0 ? null : { minRelevance, minGrades: minGrade },
    },
  };
}

function readMinGrade(text: string): [key: string, grade: number] | null {
  const [, key = '', grade] = /^(.+)=([1-5])$/.exec(text) ?? [];
  return key === '' ? null : [key, Number(grade)];
}
