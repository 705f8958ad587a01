import * as z from 'zod/mini';
import type { SandboxSettings } from '../commands/sandbox.ts';
import type { Result } from '../core/usage.ts';
import type { Host } from '../host.ts';
import { isColored } from './color.ts';
import { flag, readFlags, wholeNumber } from './flag.ts';
import type { Flags } from './program.ts';

const sandboxFlags = z.object({
  port: z.prefault(wholeNumber(0, 65_535), '8787'),
  speed: z.prefault(flag(readSpeed, 'set a number above 0, such as 10'), '1'),
});

/** Reads the flags of `sandbox`; every default of that command lives here. */
export function readSandboxSettings(flags: Flags, host: Host): Result<SandboxSettings> {
  const values = readFlags(sandboxFlags, flags);
  return values.ok ? { ok: true, value: { ...values.value, colored: isColored(host.stderr, flags.color, host.env) } } : values;
}

function readSpeed(text: string): number | null {
  const speed = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  return speed > 0 ? speed : null;
}
