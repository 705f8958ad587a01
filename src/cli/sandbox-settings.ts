import type { SandboxSettings } from '../commands/sandbox.ts';
import type { Host } from '../host.ts';
import { isColored } from './color.ts';
import type { Flags } from './program.ts';
import { type Result, usageError } from './usage.ts';

/** Reads the flags of `sandbox`; every default of that command lives here. */
export function readSandboxSettings(flags: Flags, host: Host): Result<SandboxSettings> {
  const port = readNumber(flags.port ?? '8787', /^\d+$/);
  if (port === null || port > 65_535) return refuse('--port', flags.port, 'set a number from 0 to 65535');
  const speed = readNumber(flags.speed ?? '1', /^\d+(?:\.\d+)?$/);
  if (speed === null || speed <= 0) return refuse('--speed', flags.speed, 'set a number above 0, such as 10');
  return { ok: true, value: { port, speed, colored: isColored(host.stderr, flags.color, host.env) } };
}

function readNumber(text: unknown, form: RegExp): number | null {
  return typeof text === 'string' && form.test(text) ? Number(text) : null;
}

function refuse(flag: string, value: unknown, wish: string): Result<never> {
  return usageError(`${flag} cannot be '${value}'`, wish);
}
