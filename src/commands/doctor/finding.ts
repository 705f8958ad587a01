import type { Reason } from '../../core/failure.ts';
import type { Check } from '../../render/checks.ts';

/** A check, with the exit code that `watch` would end with, if it failed. */
export interface Finding extends Check {
  readonly code?: number;
}

/** What failed, and the exit code that `watch` would end with. */
export function failed(name: string, { what, fix }: Reason, code: number): Finding {
  return { name, state: 'failed', what, fix, code };
}

/** The same findings where the request that counts was answered all the same: nothing that a watch would end with. */
export function asWarnings(findings: readonly Finding[]): Finding[] {
  return findings.map(({ code, ...finding }) =>
    finding.state === 'failed' ? { ...finding, state: 'warning' as const } : finding,
  );
}
