import { SANDBOX_TOKEN, startSandbox as serveSandbox } from './server.ts';

/*
 * What `import … from 'extruct-task/sandbox'` gives: docs/sandbox.md.
 */

/** How to serve the simulated API. */
export interface SandboxOptions {
  /** On loopback; 0, the default, for any free port. */
  readonly port?: number | undefined;
  /** How much faster than life the tasks go. Default: 1. */
  readonly speed?: number | undefined;
}

/** A simulated API that serves until it is closed. */
export interface Sandbox {
  /** Its address, such as `http://127.0.0.1:8787`. */
  readonly url: string;
  /** The token that it takes. No secret: it opens nothing. */
  readonly token: string;
  /** Ends its connections, and frees the port. */
  close(): Promise<void>;
}

/** Serves the simulated API on loopback. Throws where the port cannot be had, and for wrong options a TypeError or a RangeError. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const unknown = Object.keys(options).find((name) => !['port', 'speed'].includes(name));
  if (unknown !== undefined) throw new TypeError(`there is no option '${unknown}'`);
  const { port = 0, speed = 1 } = options;
  if (!(Number.isInteger(port) && port >= 0 && port < 65_536))
    throw new RangeError('port has to be a whole number from 0 to 65535');
  if (!(Number.isFinite(speed) && speed > 0)) throw new RangeError('speed has to be a number above 0');
  const sandbox = await serveSandbox({ port, speed, now: () => performance.now() });
  if ('refused' in sandbox) throw new Error(`port ${port} cannot be used (${sandbox.refused})`);
  return { url: sandbox.url.origin, token: SANDBOX_TOKEN, close: sandbox.close };
}
