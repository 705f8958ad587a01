import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runAction } from '../../src/action/run.ts';
import type { Host } from '../../src/host.ts';
import { type Action, readAction } from './action.ts';
import { runOnHost, type Setting } from './run.ts';

/** A machine of GitHub's, as far as an action can tell: it lasts as long as the test. */
export interface Runner {
  /** Where the action starts, and a checkout would lie. */
  readonly workspace: string;
  /** The variables of an action with these inputs. What is not given has its default, as the runner sees to. */
  variables(inputs: Readonly<Record<string, string>>): Record<string, string>;
  /** What the step has told by now: its outputs by name, and its summary as Markdown. */
  told(): { readonly outputs: Readonly<Record<string, string>>; readonly summary: string };
}

export function newRunner(action: Action = readAction()): Runner {
  const workspace = mkdtempSync(join(tmpdir(), 'extruct-task-runner-'));
  const files = mkdtempSync(join(tmpdir(), 'extruct-task-files-'));
  onTestFinished(() => {
    for (const folder of [workspace, files]) rmSync(folder, { recursive: true });
  });
  const read = (name: string) => {
    try {
      return readFileSync(join(files, name), 'utf8');
    } catch {
      return '';
    }
  };
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? '']);
  return {
    workspace,
    variables(inputs) {
      const all = { ...Object.fromEntries(defaults), ...inputs };
      const given = Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase().replaceAll(' ', '_')}`, value]);
      return {
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_OUTPUT: join(files, 'output'),
        GITHUB_STEP_SUMMARY: join(files, 'summary'),
        GITHUB_RUN_ATTEMPT: '1',
        ...Object.fromEntries(given),
      };
    },
    told() {
      const lines = read('output').matchAll(/^([\w-]+)=(.*)$/gm);
      return { outputs: Object.fromEntries([...lines].map(([, name, value]) => [name, value])), summary: read('summary') };
    },
  };
}

export interface Acted extends ReturnType<Runner['told']> {
  readonly code: number | null;
  /** What the log of the step shows: standard output, then standard error. */
  readonly log: string;
}

/** Runs the action in this process, on a runner. */
export async function act(runner: Runner, inputs: Readonly<Record<string, string>>, setting: Setting = {}): Promise<Acted> {
  const env = { ...runner.variables(inputs), ...setting.env };
  const { code, stdout, stderr } = await runOnHost((host) => runAction(withClosedInput(host)), [], { ...setting, env });
  return { code, log: stdout + stderr, ...runner.told() };
}

/** The process's own standard input is nothing to the action: to read it would open it. */
function withClosedInput(host: Host): Host {
  return Object.defineProperty(host, 'stdin', {
    get() {
      throw new Error('the action opened standard input');
    },
  });
}
