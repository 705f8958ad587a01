import { appendFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Ending } from '../cli/command.ts';
import { codeOfEnding, USAGE } from '../core/exit-code.ts';
import { type Reason, sentence } from '../core/failure.ts';
import type { Host } from '../host.ts';
import { main } from '../main.ts';
import { errorAnnotations, escapeData } from '../render/github.ts';
import { writeError } from '../render/messages.ts';
import { input, lineOf } from './inputs.ts';

/**
 * The action, as a runner of GitHub starts it: inputs are variables, and the program does the rest, the annotations, the summary and
 * most outputs included. The runner takes the token out of its log from here on, wherever it comes from.
 */
export async function runAction(host: Host): Promise<Ending> {
  const token = input(host.env, 'token');
  if (token !== '') host.stdout.write(`::add-mask::${escapeData(token)}\n`);
  const line = lineOf(host.env);
  const before = await changedAt(input(host.env, 'results-file'));
  const ending = line.ok ? await main(hostOf(host, line.value, token)) : refuse(host, line.reasons);
  await tellOutputs(host.env, ending, before);
  return ending;
}

function hostOf(host: Host, { argv, stdin }: { argv: readonly string[]; stdin: string }, token: string): Host {
  const env = { ...host.env, ...(token === '' ? {} : { EXTRUCT_API_TOKEN: token }) };
  const own = { argv, env, stdin: Readable.from(stdin === '' ? [] : [Buffer.from(stdin)]) };
  // No copy: to read the host's own standard input would open it.
  return Object.create(host, Object.getOwnPropertyDescriptors(own));
}

/** An input that cannot be right, told as the program tells a usage error. Nothing was sent. */
function refuse({ stderr }: Host, reasons: readonly Reason[]): Ending {
  for (const reason of reasons) writeError(stderr, false, reason, false);
  stderr.write(errorAnnotations(reasons.map(sentence)));
  return USAGE;
}

/** The outputs that the program does not write: the code by the name that it has here, and the file, if it is new. */
async function tellOutputs(env: Host['env'], ending: Ending, before: number | null): Promise<void> {
  if (!env.GITHUB_OUTPUT) return;
  const file = input(env, 'results-file');
  const after = await changedAt(file);
  const wasWritten = after !== null && after !== before && !/[\r\n]/.test(file);
  const lines = [`exit-code=${codeOfEnding(ending)}`, ...(wasWritten ? [`results-file=${file}`] : [])];
  // Where it cannot be written, the program has said so already.
  await appendFile(env.GITHUB_OUTPUT, `${lines.join('\n')}\n`).catch(() => {});
}

/** When a file was changed, in milliseconds; null where there is none. */
async function changedAt(path: string): Promise<number | null> {
  return path === ''
    ? null
    : stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => null,
      );
}
