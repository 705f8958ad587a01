import { describe, expect, it } from 'vitest';
import { exitCodeOf, processExitCode, STRICT } from '../../src/core/exit-code.ts';
import type { Outcome } from '../../src/core/outcome.ts';

const reason = { what: 'It broke', fix: 'check it' };

function outcome(kind: Outcome['kind'], signal: 'SIGHUP' | 'SIGINT' | 'SIGTERM' | 'SIGPIPE' = 'SIGINT'): Outcome {
  switch (kind) {
    case 'interrupted':
      return { kind, reason, signal };
    case 'timed_out':
      return { kind, reason };
    case 'stalled':
      return { kind, unchangedMs: 1000 };
    case 'condition_met':
      return { kind, condition: 'num_results>=1' };
    case 'unreachable':
    case 'invalid_response':
    case 'rejected':
    case 'unauthorized':
    case 'payment_required':
    case 'not_found':
      return { kind, failure: { kind, problem: 'rejected', transient: false, what: 'It broke' } };
    default:
      return { kind };
  }
}

describe('the exit code of an outcome', () => {
  it.each([
    ['done', 0],
    ['unreachable', 1],
    ['invalid_response', 1],
    ['rejected', 1],
    ['failed', 3],
    ['unauthorized', 4],
    ['payment_required', 4],
    ['exhausted', 5],
    ['not_found', 6],
    ['stalled', 7],
    ['condition_met', 0],
    ['running', 8],
    ['timed_out', 124],
  ] as const)('of %s is %i', (kind, code) => {
    expect(exitCodeOf(outcome(kind))).toBe(code);
    expect(processExitCode([outcome(kind)], STRICT)).toBe(code);
  });

  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGPIPE', 141],
    ['SIGTERM', 143],
  ] as const)('of %s is %i', (signal, code) => {
    expect(exitCodeOf(outcome('interrupted', signal))).toBe(code);
  });
});

describe('the exit code of several tasks', () => {
  it('is the worst one in the order 4, 6, 1, 3, 7, 124, 5, 0', () => {
    const worstFirst = [
      'unauthorized',
      'not_found',
      'unreachable',
      'failed',
      'stalled',
      'timed_out',
      'exhausted',
      'done',
    ] as const;
    for (const [index, kind] of worstFirst.entries()) {
      const others = worstFirst.slice(index).map((other) => outcome(other));
      expect(processExitCode(others.toReversed(), STRICT)).toBe(exitCodeOf(outcome(kind)));
    }
  });

  it('is the signal’s when a signal ended some of them', () => {
    expect(processExitCode([outcome('failed'), outcome('interrupted', 'SIGTERM')], STRICT)).toBe(143);
  });
});

describe('flags that excuse an outcome', () => {
  const allowExhausted = { allowExhausted: true, exitStatus: true };
  const noExitStatus = { allowExhausted: false, exitStatus: false };

  it.each([
    ['--allow-exhausted', allowExhausted, 'exhausted', 0],
    ['--allow-exhausted', allowExhausted, 'failed', 3],
    ['--no-exit-status', noExitStatus, 'exhausted', 0],
    ['--no-exit-status', noExitStatus, 'failed', 0],
    ['--no-exit-status', noExitStatus, 'running', 0],
    ['--no-exit-status', noExitStatus, 'timed_out', 124],
    ['--no-exit-status', noExitStatus, 'stalled', 7],
    ['--no-exit-status', noExitStatus, 'unreachable', 1],
    ['--no-exit-status', noExitStatus, 'unauthorized', 4],
    ['--no-exit-status', noExitStatus, 'not_found', 6],
    ['--no-exit-status', noExitStatus, 'interrupted', 130],
  ] as const)('%s makes %s exit %i', (_flag, policy, kind, code) => {
    expect(processExitCode([outcome(kind)], policy)).toBe(code);
  });

  it('leave the worst of the others standing', () => {
    expect(processExitCode([outcome('exhausted'), outcome('failed')], allowExhausted)).toBe(3);
  });
});
