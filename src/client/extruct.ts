import { checkClient } from './check.ts';
import { createTasks } from './create-tasks.ts';
import type { ExtructOptions } from './options.ts';
import type { Tasks } from './tasks.ts';

/** A client of the API. It holds no connection of its own: all clients of a process share them, and their rate of requests. */
export class Extruct {
  readonly tasks: Tasks;

  /** Throws a TypeError or a RangeError for options that are not allowed. Nothing is read from the environment. */
  constructor(options: ExtructOptions) {
    this.tasks = createTasks(checkClient(options));
  }

  /**
   * A client with the token and the address of an environment: `EXTRUCT_API_TOKEN`, and `EXTRUCT_API_URL` where it is set. Nothing
   * else is read.
   */
  static fromEnv(
    env: Readonly<Record<string, string | undefined>>,
    options: Omit<ExtructOptions, 'token' | 'apiUrl'> = {},
  ): Extruct {
    if (typeof env !== 'object' || env === null) throw new TypeError('fromEnv takes the environment, an object of variables');
    const { EXTRUCT_API_TOKEN: token, EXTRUCT_API_URL: apiUrl } = env;
    if (!token) throw new TypeError('EXTRUCT_API_TOKEN is not set');
    // Named as the caller knows them.
    checkClient({ token, apiUrl: apiUrl || undefined }, { token: 'EXTRUCT_API_TOKEN', apiUrl: 'EXTRUCT_API_URL' });
    return new Extruct({ ...options, token, apiUrl: apiUrl || undefined });
  }
}
