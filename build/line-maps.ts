import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';
import type { Plugin } from 'rolldown';

/**
 * Cuts source maps down to what a stack trace needs: which line of which source. Without the sources' text, names and columns they
 * are small enough to be published, so that a crash tells a place that a reader of the sources finds (src/place.ts).
 */
export function lineMaps(): Plugin {
  return {
    name: 'line-maps',
    writeBundle({ dir = '' }, bundle) {
      for (const file of Object.keys(bundle).filter((name) => name.endsWith('.map'))) {
        const path = join(dir, file);
        const { version, sources, mappings } = JSON.parse(readFileSync(path, 'utf8'));
        const lines = decode(mappings).map(linesAlone);
        writeFileSync(path, JSON.stringify({ version, sources, names: [], mappings: encode(lines) }));
      }
    },
  };
}

/** Of the segments of one line those at which a line of a source begins, each told as the start of that line. */
function linesAlone(segments: readonly SourceMapSegment[]): SourceMapSegment[] {
  const kept: [number, number, number, number][] = [];
  for (const [column, source, line] of segments) {
    if (source === undefined || line === undefined) continue;
    const last = kept.at(-1);
    if (last?.[1] !== source || last[2] !== line) kept.push([column, source, line, 0]);
  }
  return kept;
}
