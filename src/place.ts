import { existsSync, readFileSync } from 'node:fs';
import { basename, posix } from 'node:path';

/** A line of a file as a stack names it, both numbers from 1. */
interface Frame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Where an error arose, as `src/client/http.ts:57`: the topmost line of its stack that the sources hold, by the maps beside the built
 * program. Without one, a file's name and line; undefined without a stack.
 */
export function placeOf(error: Error): string | undefined {
  const frames = framesOf(error.stack ?? '');
  for (const frame of frames) {
    const place = inSources(frame);
    if (place !== undefined) return place;
  }
  return frames.map(({ file, line }) => `${basename(file)}:${line}`).find((place) => /^[\w.-]+\.\w+:/.test(place));
}

function framesOf(stack: string): Frame[] {
  return [...stack.matchAll(/^ +at (?:.*? \()?(.+):(\d+):(\d+)\)?$/gm)].map(([, file = '', line, column]) => ({
    file,
    line: Number(line),
    column: Number(column),
  }));
}

/** Undefined for what is not of the built program. The part of Node that reads maps is loaded here, and not at the start. */
function inSources({ file, line, column }: Frame): string | undefined {
  const path = `${file}.map`;
  if (!existsSync(path)) return undefined;
  const { SourceMap } = process.getBuiltinModule('node:module');
  const found = new SourceMap(JSON.parse(readFileSync(path, 'utf8'))).findEntry(line - 1, column - 1);
  return 'originalSource' in found
    ? `${posix.normalize(found.originalSource).replace(/^(?:\.\.\/)+/, '')}:${found.originalLine + 1}`
    : undefined;
}
