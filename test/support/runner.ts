import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Action, type ActionStep, fillIn, ROOT } from './action.ts';

/** A machine of GitHub's, as far as a step can tell. */
export interface Runner {
  /** The folder that is emptied for every job. */
  readonly temp: string;
  /** Where steps start, and a checkout would lie. */
  readonly workspace: string;
  readonly home: string;
  remove(): void;
}

export interface StepRan {
  readonly code: number | null;
  /** What the log of the step shows. */
  readonly log: string;
  /** The step's outputs, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The step's summary, as Markdown. */
  readonly summary: string;
}

/** Makes a runner; whoever made it removes it. */
export function newRunner(): Runner {
  const root = mkdtempSync(join(tmpdir(), 'extruct-task-runner-'));
  const folder = (name: string) => mkdtempSync(join(root, `${name}-`));
  const remove = () => rmSync(root, { recursive: true });
  return { temp: folder('temp'), workspace: folder('workspace'), home: folder('home'), remove };
}

/** Runs one step of an action as the runner does: its script in a file, and a file for each thing that it may say. */
export async function runStep(
  { action, step }: { action: Action; step: ActionStep | undefined },
  inputs: Readonly<Record<string, string>>,
  { temp, workspace, home }: Runner,
  onStart: (cancel: () => void) => void = () => {},
): Promise<StepRan> {
  if (!step) throw new Error('action.yml has no such step');
  const folder = mkdtempSync(join(home, 'step-'));
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const output = file('output', '');
  const summary = file('summary', '');
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? '']);
  const values = { ...Object.fromEntries(defaults), ...inputs };
  const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', file('script.sh', step.run)], {
    cwd: workspace,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: temp,
      ...Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, fillIn(value, values)])),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // The signal goes to the step's shell alone, not to what that has started.
  onStart(() => child.kill('SIGINT'));
  const closed = new Promise<number | null>((done) => child.once('close', done));
  const log = (await Promise.all([text(child.stdout), text(child.stderr)])).join('');
  const lines = readFileSync(output, 'utf8').matchAll(/^(\w+)=(.*)$/gm);
  return {
    code: await closed,
    log,
    outputs: Object.fromEntries([...lines].map(([, name, value]) => [name, value])),
    summary: readFileSync(summary, 'utf8'),
  };
}
