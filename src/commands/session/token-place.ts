import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { errorCode } from '../../client/error-code.ts';
import type { Host } from '../../host.ts';

/** The rights of a file's group and of all others, in its mode. */
const READABLE_BY_OTHERS = 0o044;
const WRITABLE_BY_OTHERS = 0o022;

/** Where Docker, Podman and Kubernetes put secrets, for whoever runs in the container. */
const SECRET_FOLDERS = ['/run/secrets/', '/var/run/secrets/'];

/** Where a token file lies, and whose it is. */
interface Place {
  /** Without symbolic links. */
  readonly path: string;
  readonly mode: number;
  readonly isOwn: boolean;
  /** Whether it lies on another mount than the root folder. */
  readonly isMounted: boolean;
  /** Whether nobody can write there, root neither: a mount of Kubernetes or systemd. */
  readonly isReadOnly: boolean;
}

/**
 * Whether other users can read the token in a file. True only for files, not for a pipe such as `<(pass show token)`. On Windows the
 * mode of every file says so and means nothing.
 */
export function isReadableByOthers(path: string, { userId }: Host): boolean {
  const stats = statSync(path);
  if (!stats.isFile() || process.platform === 'win32') return false;
  return isExposed({
    path: realpathSync(path),
    mode: stats.mode,
    isOwn: stats.uid === userId,
    isMounted: stats.dev !== statSync('/').dev,
    isReadOnly: isReadOnly(path),
  });
}

/** Whether a file's mode is a fault that its reader can mend: not where whoever runs the machine or the container put it there. */
export function isExposed({ path, mode, isOwn, isMounted, isReadOnly }: Place): boolean {
  if ((mode & READABLE_BY_OTHERS) === 0) return false;
  const isHandedIn = SECRET_FOLDERS.some((folder) => path.startsWith(folder)) || (isMounted && (!isOwn || isReadOnly));
  return !isHandedIn || (mode & WRITABLE_BY_OTHERS) !== 0;
}

function isReadOnly(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    return errorCode(error) === 'EROFS';
  }
}
